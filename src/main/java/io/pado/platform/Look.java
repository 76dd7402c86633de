package io.pado.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks something that may take long, in the background and once at a time: whoever comes while it is asked waits for the same answer. Nobody waits for
 * longer than the patience after it was asked; it goes on without them. Thread-safe.
 *
 * @param <T> what the answer is
 */
public final class Look<T> {

    private final long patienceNanos;
    private final Supplier<T> question;
    // Guarded by this.
    private CompletableFuture<T> underWay;
    private long begun;

    /**
     * @param patience how long an answer is waited for
     * @param question is never asked twice at a time
     */
    public Look(Duration patience, Supplier<T> question) {
        this.patienceNanos = patience.toNanos();
        this.question = question;
    }

    /** @return the answer of now; nothing if there is none in time, or asking failed */
    public synchronized CompletableFuture<Optional<T>> begin(Executor executor) {
        if (underWay == null || underWay.isDone()) {
            begun = System.nanoTime();
            underWay = CompletableFuture.supplyAsync(question, executor);
        }
        long rest = patienceNanos - (System.nanoTime() - begun);
        CompletableFuture<Optional<T>> answer = underWay.thenApply(Optional::of).exceptionally(failure -> Optional.empty());
        return rest > 0 || answer.isDone() ? answer.completeOnTimeout(Optional.empty(), rest, TimeUnit.NANOSECONDS)
                : CompletableFuture.completedFuture(Optional.empty());
    }
}
