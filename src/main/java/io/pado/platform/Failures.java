package io.pado.platform;

import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A series of failures of something that is tried again and again: how long to rest after each, and what the log says. It says when a series begins, with
 * the cause, and when it ends; nothing in between. Of one thread.
 */
public final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class.getName());
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int MAX_DOUBLINGS = 10;

    private final String what;
    private final long mostPauseMillis;
    private int count;

    /**
     * @param what            fails, for the log
     * @param mostPauseMillis the longest rest after a failure
     */
    public Failures(String what, long mostPauseMillis) {
        this.what = what;
        this.mostPauseMillis = mostPauseMillis;
    }

    /** Counts one more. @return how long to rest, milliseconds: half of a time that doubles from 200 ms on up to the longest, to the whole of it */
    public long add(Exception failure) {
        count++;
        if (count == 1) {
            LOG.log(Level.WARNING, what + " failed and will be tried again: " + Texts.causes(failure), failure);
        }
        long ceiling = Math.min(mostPauseMillis, FIRST_PAUSE_MILLIS << Math.min(count, MAX_DOUBLINGS));
        return ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1);
    }

    /** Ends the series, if there is one. */
    public void end() {
        if (count > 0) {
            LOG.log(Level.INFO, "{0} works again after {1} failures", new Object[] {what, count});
            count = 0;
        }
    }

    /** @return whether it works, as far as is known */
    public boolean isNone() {
        return count == 0;
    }
}
