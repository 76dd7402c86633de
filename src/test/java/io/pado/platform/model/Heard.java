package io.pado.platform.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that keeps what it heard, and whatever it should not have heard. */
public final class Heard implements ModelListener {

    public final CompletableFuture<ModelOutcome> outcome = new CompletableFuture<>();
    public final CountDownLatch begun = new CountDownLatch(1);
    final List<String> pieces = new ArrayList<>(); // guarded by itself
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();

    @Override
    public void text(String piece) {
        enter(piece.isEmpty() || outcome.isDone() || piece.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE));
        synchronized (pieces) {
            pieces.add(piece);
        }
        begun.countDown();
        inside.decrementAndGet();
    }

    @Override
    public void ended(ModelOutcome end) {
        enter(!outcome.complete(end));
        inside.decrementAndGet();
    }

    private void enter(boolean bad) {
        wrong.addAndGet(inside.incrementAndGet() > 1 || bad ? 1 : 0);
    }

    public String text() {
        synchronized (pieces) {
            return String.join("", pieces);
        }
    }

    /** The one end, which must come within some seconds. */
    public ModelOutcome end() throws Exception {
        ModelOutcome end = outcome.get(40, TimeUnit.SECONDS);
        isRight();
        return end;
    }

    /** No empty piece, no half character, nothing at the same time or after the end, no second end. */
    public void isRight() {
        assertThat(wrong).as("what must not be heard").hasValue(0);
    }
}
