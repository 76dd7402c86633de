package io.pado.platform.queue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Counts jobs that run, and tells when one more may. Thread-safe; for one that takes and any number that give back. */
final class Slots {

    private final int most;
    private final Executor executor;
    private int taken; // guarded by this
    private CompletableFuture<Void> free = CompletableFuture.completedFuture(null); // guarded by this

    /** @param executor where those go on that have waited: on a thread of a worker they would inherit what is left of its job */
    Slots(int most, Executor executor) {
        this.most = most;
        this.executor = executor;
    }

    /** Takes a slot, which must be free. @return reached when there is another free one */
    synchronized CompletionStage<Void> take() {
        if (++taken == most) {
            free = new CompletableFuture<>();
        }
        return free;
    }

    /** Takes a slot if one is free. Whoever was told of the same one before gets one more than there are. */
    synchronized boolean takeIfFree() {
        if (taken >= most) {
            return false;
        }
        take();
        return true;
    }

    synchronized void giveBack() {
        taken--;
        if (!free.isDone()) {
            free.completeAsync(() -> null, executor);
        }
    }
}
