package io.pado.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The scenario of readers that stop reading beside readers that do not: the same phase without them and with them, after a
 * shorter one with others of them, because the first that stall in a server's life have it compile its way of sending anew.
 * They have small receive buffers and the events are large: the kernel takes about 3 MB for each of them before a server's
 * writes to it stall, so the phases last long enough for that. The rate leaves a third of each processor free.
 */
final class Stalled {
    private static final int PER_SECOND = 25;
    private static final int EVENT_BYTES = 8_192;
    private static final double SHORTEST = 24;
    private static final int RECEIVE_BYTES = 4_096;
    private static final Opening.Pace PACE = new Opening.Pace(2_000, 64);
    private static final long QUIET_MILLIS = 500;
    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Endpoint endpoint;
    private final Fan fan;
    private final Publishing publishing;

    /** {@code publisher}: to {@code server}, of which {@code crowd} are the readers that go on. */
    Stalled(Endpoint endpoint, ProcessProbe server, Crowd crowd, Publisher publisher) {
        this.endpoint = endpoint;
        this.publishing = new Publishing(publisher, new Payload(EVENT_BYTES));
        this.fan = new Fan(server, crowd, publishing);
    }

    /** {@code readers} stall in the second of two phases of {@code wanted} seconds (at least 24), after one of half of that. */
    Measures run(int readers, double wanted) throws IOException, InterruptedException {
        double seconds = Math.max(SHORTEST, wanted);
        Measures first = firstTime(readers, seconds / 2);
        Measures alone = fan.run(PER_SECOND, seconds);
        try (Crowd stalled = new Crowd(endpoint, RECEIVE_BYTES)) {
            stalled.open(readers, PACE);
            stalled.read(false);
            long begin = publishing.nextSeq();
            int open = stalled.begin(begin);
            Measures beside = fan.run(PER_SECOND, seconds);
            stalled.read(true);
            awaitQuiet(stalled);
            double missed = stalled.end(publishing.nextSeq()).lost();
            double all = open * (double) (publishing.nextSeq() - begin);
            return beside.put("stalled", open).put("missedByStalledShare", missed / all)
                    .put("p99FirstMs", first.get("p99Ms"))
                    .put("cpuFirstUsPerDelivery", first.get("cpuUsPerDelivery"))
                    .put("p99AloneMs", alone.get("p99Ms"))
                    .put("p99Ratio", beside.get("p99Ms") / alone.get("p99Ms"))
                    .put("cpuAloneUsPerDelivery", alone.get("cpuUsPerDelivery"))
                    .put("cpuRatio", beside.get("cpuUsPerDelivery") / alone.get("cpuUsPerDelivery"));
        }
    }

    private Measures firstTime(int readers, double seconds) throws IOException, InterruptedException {
        try (Crowd stalled = new Crowd(endpoint, RECEIVE_BYTES)) {
            stalled.open(readers, PACE);
            stalled.read(false);
            return fan.run(PER_SECOND, seconds);
        }
    }

    /** Until the stalled ones have read what the server still had for them. */
    private static void awaitQuiet(Crowd stalled) throws IOException, InterruptedException {
        long end = System.nanoTime() + CATCH_UP_NANOS;
        long before = -1;
        for (long now = stalled.delivered(); now != before && System.nanoTime() < end; now = stalled.delivered()) {
            before = now;
            TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
        }
    }
}
