package io.pado.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that can only be asked for, or for a time. */
final class Until {
    private static final long LOOK_MILLIS = 50;

    /** What is waited for. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private Until() {
    }

    /** Returns when the condition holds, at most so much later. @return whether it does */
    static boolean holds(int seconds, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                return false;
            }
            time(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        }
        return true;
    }

    /** Returns when it is that time, by {@link System#nanoTime()}; at once if it is later. */
    static void time(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
