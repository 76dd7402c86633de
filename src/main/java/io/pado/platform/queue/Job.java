package io.pado.platform.queue;

import io.pado.platform.queue.ledger.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One worker's time with one job. The worker may lose it: to another node, because its lease ran out; because it took too long; or because this
 * server stops. Then it is interrupted, and who asked for it is told. It is interrupted only while it is at work: later that would hit whatever
 * the thread does next. Thread-safe.
 */
public final class Job {

    private static final Logger LOG = Logger.getLogger(Job.class.getName());

    private final Claim claim;
    private final long begun = System.nanoTime();
    private final List<Runnable> listeners = new ArrayList<>(); // guarded by this
    private Thread worker = Thread.currentThread(); // guarded by this; null when it is over
    private boolean lost; // guarded by this

    /** Begins now, on this thread. */
    Job(Claim claim) {
        this.claim = claim;
    }

    /** @return the name that the job was added with */
    public String id() {
        return claim.id();
    }

    /** @return what the job's order is kept in; empty for none */
    public String group() {
        return claim.group();
    }

    /** @return what the job was added with, JSON */
    public String body() {
        return claim.body();
    }

    /** @return 1 for the first; counted before it begins */
    public int attempt() {
        return claim.attempt();
    }

    /** @return grows with each attempt: what this one writes must be refused once a later one has begun */
    public long fence() {
        return claim.fence();
    }

    /** @return how long ago the job was added, when this attempt began */
    public Duration waited() {
        return claim.age();
    }

    /** @return whether what the worker still does is in vain */
    public synchronized boolean isLost() {
        return lost;
    }

    /** Has something done once when the job is lost, at once if it is already: a call to another system cancelled, say. It must not wait. */
    public void onLost(Runnable listener) {
        synchronized (this) {
            if (!lost) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    Claim claim() {
        return claim;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** @return false if it was lost or over before */
    boolean lose() {
        List<Runnable> told;
        synchronized (this) {
            if (lost || worker == null) {
                return false;
            }
            lost = true;
            told = List.copyOf(listeners);
        }
        told.forEach(Job::tell);
        interrupt();
        return true;
    }

    /** To be called by the worker, whatever happened. */
    synchronized void over() {
        worker = null;
        Thread.interrupted();
    }

    private synchronized void interrupt() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "One who was told that a job is lost has failed", failure);
        }
    }
}
