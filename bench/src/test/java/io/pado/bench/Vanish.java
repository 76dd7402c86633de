package io.pado.bench;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * The scenario of readers that are gone at once, half with a reset and half with FIN, while nothing is published: how
 * long until the server gives their descriptors back, and until it counts them no more.
 */
final class Vanish {
    private static final long LOOK_MILLIS = 250;

    private final Peer peer;
    private final ProcessProbe server;
    private final double limitSeconds;

    /** Waits {@code limitSeconds} at most for what may never come. */
    Vanish(Peer peer, double limitSeconds) {
        this.peer = peer;
        this.server = new ProcessProbe(peer.pid());
        this.limitSeconds = limitSeconds;
    }

    /** What the server held before the readers came: open descriptors, and its own count (nothing if it has none). */
    record Level(int descriptors, OptionalInt count) {
    }

    Level level() throws IOException {
        return new Level(server.descriptors(), peer.connections());
    }

    /** Closes the crowd and watches until the server is within 1 % of the readers of where it was {@code before}. */
    Measures run(Crowd crowd, Level before) throws IOException, InterruptedException {
        int readers = crowd.census().open();
        int slack = readers / 100;
        Level now = level();
        Measures measures = new Measures().put("readers", readers)
                .put("descriptorsBefore", before.descriptors())
                .put("descriptorsFull", now.descriptors());
        double descriptorsGone = Double.POSITIVE_INFINITY;
        double countGone = before.count().isPresent() ? Double.POSITIVE_INFINITY : Double.NaN;
        double seconds = 0;
        long start = System.nanoTime();
        crowd.vanish();
        while (seconds < limitSeconds && (Double.isInfinite(descriptorsGone) || Double.isInfinite(countGone))) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            now = level();
            seconds = (System.nanoTime() - start) / 1e9;
            boolean few = now.descriptors() <= before.descriptors() + slack;
            boolean fewCounted = now.count().orElse(Integer.MAX_VALUE) <= before.count().orElse(0) + slack;
            descriptorsGone = few ? Math.min(descriptorsGone, seconds) : descriptorsGone;
            countGone = fewCounted ? Math.min(countGone, seconds) : countGone;
        }
        return measures.put("descriptorsEnd", now.descriptors())
                .put("descriptorsGoneSeconds", descriptorsGone)
                .put("countGoneSeconds", countGone)
                .put("limitSeconds", limitSeconds);
    }
}
