package io.pado.system;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** Many clients at the same time. */
final class Crowd {

    private static final int THREADS = 16;
    private static final int SECONDS = 60;

    /**
     * For one task beside the test. Not the common pool: on two processors that has a single thread, which the HTTP client needs too
     * (from Java 25 on, where CompletableFuture always takes that pool).
     */
    static final Executor BESIDE = task -> {
        Thread thread = new Thread(task, "beside");
        thread.setDaemon(true);
        thread.start();
    };

    private Crowd() {
    }

    /** Runs the task for 0 to {@code count - 1} and returns when all are done; fails if one failed. */
    static void run(int count, IntConsumer task) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(count, THREADS));
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(threads.submit(() -> task.accept(number)));
            }
            for (Future<?> one : all) {
                one.get(SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new AssertionError(hurry);
        } finally {
            threads.shutdownNow();
        }
    }
}
