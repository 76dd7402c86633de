package io.pado.realtime.hub;

import java.util.concurrent.TimeUnit;

/**
 * How fast the events of a topic follow each other: an exponentially weighted average of the gaps between them. Not thread-safe.
 */
final class Rhythm {

    /** An average gap below this makes a topic busy: 50 events a second with some unevenness. */
    private static final long BUSY = TimeUnit.MILLISECONDS.toNanos(24);
    /** A longer pause counts as this, so that a topic that was quiet for an hour is known as busy within a second. */
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int WEIGHT = 8;

    private long average = LONGEST;
    private long last;
    private boolean begun;

    /**
     * Notes an event.
     *
     * @param now its time, {@link System#nanoTime()}
     * @return whether the topic is busy
     */
    boolean beat(long now) {
        if (begun) {
            average += (Math.min(now - last, LONGEST) - average) / WEIGHT;
        }
        begun = true;
        last = now;
        return average < BUSY;
    }
}
