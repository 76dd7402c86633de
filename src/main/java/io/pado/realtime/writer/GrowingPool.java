package io.pado.realtime.writer;

import io.pado.realtime.Writers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An executor for tasks that are usually short but may have to wait for long. Half as many threads as there are processors take tasks
 * from one queue and end when it is empty. While tasks wait, a thread that has finished none for {@value #STUCK_MILLIS} ms counts as stuck
 * and gets a substitute; if all are stuck they are doubled. So a burst of a thousand tasks needs a few threads and not a thousand, and
 * stuck tasks hold up the others for a moment only.
 */
final class GrowingPool implements Writers {

    private static final Logger LOG = Logger.getLogger(GrowingPool.class.getName());
    private static final int USUAL = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private static final long STUCK_MILLIS = 10;

    private final ThreadFactory threads;
    private final int max;
    private final int usual;
    private final TaskQueue waiting = new TaskQueue();
    private final AtomicInteger workers = new AtomicInteger();
    private final Set<Worker> atWork = ConcurrentHashMap.newKeySet();
    private final Semaphore begun = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * @param threads makes a thread each time one is needed
     * @param watch   makes the one that looks for stuck tasks; of the platform, because a virtual one wakes two others for each look
     * @param max     the most threads at a time
     */
    GrowingPool(ThreadFactory threads, ThreadFactory watch, int max) {
        this.threads = threads;
        this.max = max;
        this.usual = Math.min(max, USUAL);
        watch.newThread(this::watch).start();
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        startWorker(usual);
    }

    @Override
    public void executeAll(List<? extends Runnable> tasks) {
        waiting.addAll(tasks);
        startWorkers(usual);
    }

    /** @return threads at work now */
    int workers() {
        return workers.get();
    }

    /** Ends the watch: what is queued is still done, but stuck tasks hold up the others from now on. */
    void stop() {
        stopped.countDown();
        begun.release();
    }

    private void startWorker(int limit) {
        if (workers.get() >= limit) {
            return;
        }
        int before = workers.getAndUpdate(n -> n < limit ? n + 1 : n);
        if (before >= limit) {
            return;
        }
        try {
            threads.newThread(new Worker()).start();
        } catch (RuntimeException | OutOfMemoryError none) {
            workers.decrementAndGet();
            LOG.log(Level.SEVERE, "No thread could be started; what waits is done by the others, or with the next task", none);
            return;
        }
        if (before == 0) {
            begun.release();
        }
    }

    private void watch() {
        try {
            while (stopped.getCount() > 0) {
                begun.acquire();
                while (workers.get() > 0 && !stopped.await(STUCK_MILLIS, TimeUnit.MILLISECONDS)) {
                    substituteStuck();
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void substituteStuck() {
        // One that was started may not be at work yet, and is not stuck.
        int all = workers.get();
        int stuck = 0;
        for (Worker worker : atWork) {
            stuck += worker.finishedNothingSinceLastLook() ? 1 : 0;
        }
        startWorkers(Math.min(max, stuck >= all ? 2 * all : stuck + usual));
    }

    private void startWorkers(int wanted) {
        for (int more = wanted - workers.get(); more > 0 && !waiting.isEmpty(); more--) {
            startWorker(wanted);
        }
    }

    /** Takes tasks until none waits. */
    private final class Worker implements Runnable {

        private volatile int finished;
        private int finishedAtLastLook = -1; // of the watch only

        @Override
        public void run() {
            atWork.add(this);
            try {
                for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
                    run(task);
                }
            } finally {
                atWork.remove(this);
                workers.decrementAndGet();
                // A task that came after the last look found all workers there, and started none.
                if (!waiting.isEmpty()) {
                    startWorker(usual);
                }
            }
        }

        boolean finishedNothingSinceLastLook() {
            int now = finished;
            boolean nothing = now == finishedAtLastLook;
            finishedAtLastLook = now;
            return nothing;
        }

        private void run(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException failure) {
                LOG.log(Level.SEVERE, "A task failed", failure);
            }
            // Only this thread counts.
            finished = finished + 1;
        }
    }
}
