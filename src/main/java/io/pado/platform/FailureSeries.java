package io.pado.platform;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs failures of many, requests say, that have one reason in common: the first with its cause, and once none has come for {@value #QUIET_SECONDS} s how
 * many there were. The next one begins a new series. Thread-safe.
 */
public final class FailureSeries {

    static final int QUIET_SECONDS = 10;

    private static final Logger LOG = Logger.getLogger(FailureSeries.class.getName());

    private final String what;

    // Guarded by this.
    private int count;
    private long last;
    private Throwable latest;

    /** @param what a sentence without its end: what happens */
    public FailureSeries(String what) {
        this.what = what;
    }

    /** One more has failed. */
    public synchronized void failed(Throwable failure) {
        last = System.nanoTime();
        latest = failure;
        count++;
        if (count == 1) {
            LOG.log(Level.WARNING, what + ": " + Texts.causes(failure), failure);
            lookAfter(TimeUnit.SECONDS.toNanos(QUIET_SECONDS));
        }
    }

    private void lookAfter(long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(this::look);
    }

    private synchronized void look() {
        long left = TimeUnit.SECONDS.toNanos(QUIET_SECONDS) - (System.nanoTime() - last);
        if (left > 0) {
            lookAfter(left);
            return;
        }
        LOG.log(Level.INFO, "{0}: no more for {1} s, after {2} failures", new Object[] {what, QUIET_SECONDS, count});
        count = 0;
        latest = null;
    }

    /** @return the latest failure of a series that goes on */
    public synchronized Optional<Throwable> latest() {
        return Optional.ofNullable(latest);
    }
}
