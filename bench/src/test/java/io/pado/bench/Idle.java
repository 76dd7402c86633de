package io.pado.bench;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The scenario of many readers to whom nothing happens: what each costs in resident memory and descriptors. Where the
 * server is Java both readings of memory follow a full collection, so that neither garbage nor the heap's slack counts.
 */
final class Idle {
    private static final long SETTLE_SECONDS = 5;

    private final ProcessProbe server;
    private final Optional<Jvm> jvm;
    private final Crowd crowd;

    /** {@code jvm}: the server's, empty if it has none. */
    Idle(ProcessProbe server, Optional<Jvm> jvm, Crowd crowd) {
        this.server = server;
        this.jvm = jvm;
        this.crowd = crowd;
    }

    /** In KiB; no heap without Java. */
    private record Memory(double resident, double heap) {
    }

    /** Opens {@code readers} and measures the server before and after; they stay open. */
    Measures run(int readers, Opening.Pace pace) throws IOException, InterruptedException {
        Memory before = live();
        int descriptorsBefore = server.descriptors();
        Opening.Outcome opened = crowd.open(readers, pace);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        Crowd.Census census = crowd.census();
        double each = Math.max(1, census.open());
        int descriptors = server.descriptors();
        long raw = server.residentKib();
        Memory after = live();
        return new Measures()
                .put("readers", readers)
                .put("open", census.open())
                .put("failed", opened.failed())
                .put("dropped", census.dropped())
                .put("openedPerSecond", opened.opened() / opened.seconds())
                .put("handshakeP99Ms", opened.p99Millis())
                .put("kibEach", (after.resident() - before.resident()) / each)
                .put("kibEachWithGarbage", (raw - before.resident()) / each)
                .put("heapKibEach", (after.heap() - before.heap()) / each)
                .put("descriptorsEach", (descriptors - descriptorsBefore) / each);
    }

    private Memory live() throws IOException, InterruptedException {
        if (jvm.isEmpty()) {
            return new Memory(server.residentKib(), Double.NaN);
        }
        jvm.get().shrinkToLive();
        return new Memory(server.residentKib(), jvm.get().heapKib());
    }
}
