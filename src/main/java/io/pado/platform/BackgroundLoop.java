package io.pado.platform;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Repeats a step on a thread of its own until stopped. A failing step is logged once per series of {@link Backoff} and tried again
 * after a pause that grows up to 2 s. A series ends when a step returns, or says that it is {@link #working}.
 */
public final class BackgroundLoop {

    private static final long MAX_PAUSE_MILLIS = 2_000;

    private final String name;
    private final Step step;
    private final Backoff backoff; // of the loop's own thread
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean nudged; // guarded by lock
    private volatile boolean stopped;
    private Thread thread;

    /** What is repeated. */
    @FunctionalInterface
    public interface Step {

        /** @return how long to rest until the next time, milliseconds; a nudge ends the rest early */
        long run() throws Exception;
    }

    /**
     * @param name for the log and the thread
     * @param step what to repeat
     */
    public BackgroundLoop(String name, Step step) {
        this.name = name;
        this.step = step;
        this.backoff = new Backoff(name, MAX_PAUSE_MILLIS);
    }

    /** Starts the loop; once. */
    public void start(ThreadFactory threads) {
        thread = threads.newThread(this::run);
        thread.setName("pado-" + name);
        thread.start();
    }

    /** Ends a rest at once; a nudge during a step means that there is no rest after it. */
    public void nudge() {
        lock.lock();
        try {
            nudged = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Says, on the loop's own thread, that a step that is to go on for long has begun well: what fails from now on is a new series. */
    public void working() {
        backoff.succeeded();
    }

    /** Ends the loop: no step begins any more, a blocked one is interrupted. */
    public void stop() {
        stopped = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            long pause;
            try {
                pause = step.run();
                working();
            } catch (Exception failure) {
                pause = stopped ? 0 : backoff.failed(failure);
            }
            rest(pause, !backoff.isOn());
        }
    }

    private void rest(long millis, boolean wakeable) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (left > 0 && !stopped && !(wakeable && nudged)) {
                left = woken.awaitNanos(left);
            }
            nudged = false;
        } catch (InterruptedException ending) {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }
}
