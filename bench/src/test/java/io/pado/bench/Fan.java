package io.pado.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The scenario of one topic and many readers: events at a fixed rate, each to every reader. Says what arrived, how
 * late, and what it cost. The readers stay open, so several phases can follow one another.
 */
final class Fan {
    private static final long LOOK_MILLIS = 5;
    private static final long DRAIN_MILLIS = 10_000;

    private final ProcessProbe server;
    private final Crowd crowd;
    private final Publishing publishing;
    private final long drainMillis;

    Fan(ProcessProbe server, Crowd crowd, Publishing publishing) {
        this(server, crowd, publishing, DRAIN_MILLIS);
    }

    /** {@code drainMillis}: how long to wait for the last arrivals at most. */
    Fan(ProcessProbe server, Crowd crowd, Publishing publishing, long drainMillis) {
        this.server = server;
        this.crowd = crowd;
        this.publishing = publishing;
        this.drainMillis = drainMillis;
    }

    /** Publishes {@code perSecond} for {@code seconds}, waits for the last arrivals, and sums up. */
    Measures run(int perSecond, double seconds) throws IOException, InterruptedException {
        int droppedBefore = crowd.census().dropped();
        int readers = crowd.begin(publishing.nextSeq());
        Usage before = Usage.now(server);
        Publishing.Outcome published = publishing.run(perSecond, seconds);
        drain(readers * published.published());
        Usage used = Usage.now(server).since(before);
        Crowd.PhaseResult arrived = crowd.end(published.endSeq());
        int dropped = crowd.census().dropped() - droppedBefore;
        // From the first arrival to the last one there is one period less than there are events.
        double took = arrived.tally().seconds() + 1.0 / perSecond;
        return sum(readers, published, arrived, dropped, used)
                .put("deliveriesPerSecond", arrived.delivered() / took)
                .put("eventsPerSecond", arrived.delivered() / took / readers);
    }

    private void drain(long expected) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(drainMillis);
        while (crowd.delivered() < expected && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static Measures sum(int readers, Publishing.Outcome published, Crowd.PhaseResult arrived, int dropped,
            Usage used) {
        Tally tally = arrived.tally();
        Histogram latency = tally.latency();
        double deliveries = arrived.delivered();
        return new Measures()
                .put("readers", readers)
                .put("published", published.published())
                .put("unheard", published.unheard())
                .put("publishedPerSecond", published.published() / published.seconds())
                .put("expected", arrived.expected())
                .put("delivered", deliveries)
                .put("lost", arrived.lost())
                .put("duplicates", tally.duplicates())
                .put("outOfOrder", tally.outOfOrder())
                .put("stale", tally.stale())
                .put("dropped", dropped)
                .put("p50Ms", latency.millis(0.5))
                .put("p90Ms", latency.millis(0.9))
                .put("p99Ms", latency.millis(0.99))
                .put("maxMs", latency.maxMillis())
                .put("lagP99Ms", published.lagP99Millis())
                .put("lagMaxMs", published.lagMaxMillis())
                .put("cpuUsPerDelivery", used.server() / 1e3 / deliveries)
                .put("ownCpuUsPerDelivery", used.own() / 1e3 / deliveries)
                .put("othersCores", used.othersCores());
    }
}
