package io.pado.platform;

import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How long to rest between the attempts of something that is tried until it works, and what the log says: when a series of failures begins, with the
 * cause, and when it ends; nothing in between. Of one thread.
 */
public final class Backoff {

    private static final Logger LOG = Logger.getLogger(Backoff.class.getName());
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int MAX_DOUBLINGS = 10;

    private final String what;
    private final long maxPauseMillis;
    private int count;

    /**
     * @param what           fails, for the log
     * @param maxPauseMillis the longest rest after a failure
     */
    public Backoff(String what, long maxPauseMillis) {
        this.what = what;
        this.maxPauseMillis = maxPauseMillis;
    }

    /** Counts one more failure. @return how long to rest, milliseconds: half of a time that doubles from 200 ms on up to the longest, to the whole of it */
    public long failed(Exception failure) {
        count++;
        if (count == 1) {
            LOG.log(Level.WARNING, what + " failed and will be tried again: " + Texts.causes(failure), failure);
        }
        long ceiling = Math.min(maxPauseMillis, FIRST_PAUSE_MILLIS << Math.min(count, MAX_DOUBLINGS));
        return ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1);
    }

    /** Ends the series, if there is one. */
    public void succeeded() {
        if (count > 0) {
            LOG.log(Level.INFO, "{0} works again after {1} failures", new Object[] {what, count});
            count = 0;
        }
    }

    /** @return whether the last attempt failed */
    public boolean isOn() {
        return count > 0;
    }
}
