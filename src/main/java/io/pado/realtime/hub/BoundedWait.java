package io.pado.realtime.hub;

import io.pado.realtime.log.LogUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the log and its feed, but not for ever. */
final class BoundedWait {

    private static final long SECONDS = 5;

    private BoundedWait() {
    }

    /** @throws LogUnavailable if it is not done in time, or fails */
    static <T> T on(CompletableFuture<T> answer) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException unanswered) {
            throw new LogUnavailable(unanswered);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LogUnavailable(interrupted);
        }
    }
}
