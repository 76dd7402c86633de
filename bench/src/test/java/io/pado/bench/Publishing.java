package io.pado.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes at a fixed rate by the clock (open loop): the n-th event is due n periods after the first, however long
 * the one before took. The numbers go on over all phases of one server. One thread.
 */
final class Publishing {
    /**
     * Numbers of the events, how many of them nobody listened to, seconds from the first publish to the last answer,
     * and how late the schedule was kept (ms).
     */
    record Outcome(long firstSeq, long endSeq, long unheard, double seconds, double lagP99Millis, double lagMaxMillis) {
        long published() {
            return endSeq - firstSeq;
        }
    }

    private final Publisher publisher;
    private final Payload payload;
    private long nextSeq;

    Publishing(Publisher publisher, Payload payload) {
        this.publisher = publisher;
        this.payload = payload;
    }

    /** The number that the next event will have. */
    long nextSeq() {
        return nextSeq;
    }

    /** Publishes {@code perSecond} events for {@code seconds}. */
    Outcome run(int perSecond, double seconds) throws IOException {
        Histogram lag = new Histogram();
        long first = nextSeq;
        long unheard = 0;
        long count = Math.round(perSecond * seconds);
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            await(due);
            long now = System.nanoTime();
            lag.record(now - due);
            if (!publisher.publish(payload.event(nextSeq++, now))) {
                unheard++;
            }
        }
        double took = (System.nanoTime() - start) / 1e9;
        return new Outcome(first, nextSeq, unheard, took, lag.millis(0.99), lag.maxMillis());
    }

    private static void await(long due) throws IOException {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new IOException("interrupted while publishing");
            }
        }
    }
}
