package io.pado.platform;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread pool for tasks that are usually short but may get stuck: few threads while tasks finish, more while tasks wait in
 * the queue and none of the running ones finishes, fewer again when they idle. An unbounded queue alone would let a handful of
 * stuck tasks hold up all others; a thread per task would start a thousand for each event.
 */
final class GrowingPool extends ThreadPoolExecutor {

    private static final int USUAL = 2 * Runtime.getRuntime().availableProcessors();
    private static final int MAX = 1_024;
    private static final long IDLE_SECONDS = 10;
    private static final long CHECK_MILLIS = 10;

    private final Thread watch;
    private long finishedBefore;

    GrowingPool(ThreadFactory threads) {
        super(USUAL, MAX, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        allowCoreThreadTimeOut(true);
        watch = threads.newThread(this::watch);
        watch.setName("pado-writers-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private void watch() {
        try {
            while (!awaitTermination(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                adjust();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void adjust() {
        long finished = getCompletedTaskCount();
        boolean stuck = !getQueue().isEmpty() && finished == finishedBefore;
        finishedBefore = finished;
        if (stuck) {
            setCorePoolSize(Math.min(MAX, getCorePoolSize() * 2));
        } else if (getQueue().isEmpty() && getActiveCount() < USUAL && getCorePoolSize() > USUAL) {
            setCorePoolSize(USUAL);
        }
    }
}
