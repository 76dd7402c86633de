package io.pado.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes at a fixed rate by the clock (open loop): the n-th event is due n periods after the first, however long
 * the one before took. Events that are due together go out together where the publisher can do that. The numbers go
 * on over all phases of one server. One thread.
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

    /** Publishes {@code perSecond} events for {@code seconds}; what the server did not let out by then stays out. */
    Outcome run(int perSecond, double seconds) throws IOException {
        Histogram lag = new Histogram();
        long first = nextSeq;
        long unheard = 0;
        long count = Math.round(perSecond * seconds);
        long start = System.nanoTime();
        long end = start + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        while (nextSeq - first < count) {
            long due = start + (nextSeq - first) * TimeUnit.SECONDS.toNanos(1) / perSecond;
            await(due);
            long now = System.nanoTime();
            if (now > end) {
                break;
            }
            lag.record(now - due);
            long allDue = Math.min(count, (now - start) * perSecond / TimeUnit.SECONDS.toNanos(1) + 1);
            unheard += publisher.publish(next(allDue - (nextSeq - first), now));
        }
        double took = (System.nanoTime() - start) / 1e9;
        return new Outcome(first, nextSeq, unheard, took, lag.millis(0.99), lag.maxMillis());
    }

    private List<byte[]> next(long due, long now) {
        int count = (int) Math.max(1, Math.min(due, publisher.mostAtOnce()));
        List<byte[]> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(payload.event(nextSeq++, now));
        }
        return events;
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
