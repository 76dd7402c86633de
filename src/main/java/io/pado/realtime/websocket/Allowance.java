package io.pado.realtime.websocket;

import java.util.concurrent.TimeUnit;

/**
 * How much one client may say (a token bucket): so much in a second. What it did not use within the last ten seconds it may use at once, because a network
 * or this node may have held up what it said. Thread-safe.
 */
final class Allowance {

    private static final int MAX_SECONDS = 10;
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    private double left; // guarded by this
    private long refilled; // guarded by this

    /**
     * @param most  how much may be said in a second, and at once by a client that has just come
     * @param nanos now, as {@link System#nanoTime} tells it
     */
    Allowance(int most, long nanos) {
        this.most = most;
        this.left = most;
        this.refilled = nanos;
    }

    /**
     * Counts what was said.
     *
     * @return whether that was still allowed
     */
    synchronized boolean takes(int amount, long nanos) {
        left = Math.min((double) most * MAX_SECONDS, left + (nanos - refilled) / NANOS * most) - amount;
        refilled = nanos;
        return left >= 0;
    }
}
