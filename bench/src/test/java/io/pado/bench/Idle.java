package io.pado.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The scenario of many readers to whom nothing happens: what each costs in resident memory and descriptors. Both
 * readings of memory follow a full collection, so that neither garbage nor the heap's slack counts.
 */
final class Idle {
    private static final long SETTLE_SECONDS = 5;

    private final long pid;
    private final Crowd crowd;

    Idle(long pid, Crowd crowd) {
        this.pid = pid;
        this.crowd = crowd;
    }

    /** Opens {@code readers} and measures the server before and after; they stay open. */
    Measures run(int readers, Opening.Pace pace) throws IOException, InterruptedException {
        ProcessProbe server = new ProcessProbe(pid);
        Jvm jvm = new Jvm(pid);
        jvm.shrinkToLive();
        long before = server.residentKib();
        long heapBefore = jvm.heapKib();
        int descriptorsBefore = server.descriptors();
        Opening.Outcome opened = crowd.open(readers, pace);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        Crowd.Census census = crowd.census();
        double each = Math.max(1, census.open());
        int descriptors = server.descriptors();
        long raw = server.residentKib();
        jvm.shrinkToLive();
        return new Measures()
                .put("readers", readers)
                .put("open", census.open())
                .put("failed", opened.failed())
                .put("dropped", census.dropped())
                .put("openedPerSecond", opened.opened() / opened.seconds())
                .put("handshakeP99Ms", opened.p99Millis())
                .put("kibEach", (server.residentKib() - before) / each)
                .put("kibEachWithGarbage", (raw - before) / each)
                .put("heapKibEach", (jvm.heapKib() - heapBefore) / each)
                .put("descriptorsEach", (descriptors - descriptorsBefore) / each);
    }
}
