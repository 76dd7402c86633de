package io.pado.realtime.reads;

import io.pado.platform.Batches;
import io.pado.realtime.Envelope;
import io.pado.realtime.Tap;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Reads that many ask for at the same time, done once for all of them. Whoever asks while a read is under way waits for the next one. Without
 * {@code pado.reads.kept} what anybody gets was read after they asked, so nothing is out of date.
 *
 * <p>With it, what was read is kept, while this node hears the topics that tell of changes. A change that is heard, or that
 * this node has made, forgets all that is kept; a read that began before the change is not kept. Thread-safe.
 *
 * @param <K> what is read
 * @param <A> what is found
 */
public final class SharedReads<K, A> implements Tap {

    private static final int MOST = 1_000;

    private record Copy<A>(A content, long readAt) {
    }

    private final Batches<K, Boolean, A> reads;
    private final long keptNanos;
    private final LongSupplier nanoTime;
    // The fields below are guarded by this.
    private final Map<K, Copy<A>> copies = new HashMap<>();
    private long changes;
    private boolean hears;

    SharedReads(Function<K, A> read, Duration kept, LongSupplier nanoTime) {
        this.reads = new Batches<>(Integer.MAX_VALUE, (key, askers) -> Collections.nCopies(askers.size(), Batches.Outcome.done(read.apply(key))));
        this.keptNanos = kept.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * @return what the key stands for: read after this was called, or kept since a read after the last change that this node knows of
     * @throws RuntimeException as the read does; nothing is kept then
     */
    public A get(K key) {
        long asked = nanoTime.getAsLong();
        long known;
        synchronized (this) {
            Copy<A> copy = copies.get(key);
            if (copy != null && asked - copy.readAt < keptNanos) {
                return copy.content;
            }
            known = changes;
        }
        A content = reads.submit(key, true);
        keep(key, new Copy<>(content, asked), known);
        return content;
    }

    /** Forgets all results. To be called after each commit, or roll-back, of a change by this node: who made the change must not read what was before. */
    public synchronized void forget() {
        changes++;
        copies.clear();
    }

    @Override
    public void heard(Envelope event) {
        forget();
    }

    @Override
    public void missed() {
        forget();
    }

    @Override
    public void overtaken() {
        forget();
    }

    /** @param now whether changes by other nodes are heard; nothing is kept while they are not */
    synchronized void hears(boolean now) {
        hears = now;
        forget();
    }

    synchronized int copies() {
        return copies.size();
    }

    private synchronized void keep(K key, Copy<A> copy, long known) {
        if (!hears || changes != known) {
            return;
        }
        if (copies.size() >= MOST) {
            copies.clear();
        }
        copies.put(key, copy);
    }
}
