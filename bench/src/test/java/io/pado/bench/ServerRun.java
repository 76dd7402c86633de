package io.pado.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * One life of one server: start, warm-up, the chosen scenarios in a fixed order, stop. Gives the scenarios' measures
 * by name. The fan scenarios share one crowd; idle and vanish share another one.
 */
final class ServerRun {
    private static final Opening.Pace PACE = new Opening.Pace(2_000, 64);
    private static final int WARMUP_PER_SECOND = 50;
    private static final long DRAIN_MILLIS = 10_000;
    private static final int EVENT_BYTES = 100;
    private static final int AFTER_CLOSE_SECONDS = 40;
    private static final int STRAY_DESCRIPTORS = 20;

    private final Peer peer;
    private final Options options;
    private final BiConsumer<String, Measures> progress;
    private final Map<String, Measures> measures = new LinkedHashMap<>();

    /** {@code progress} hears of every scenario as it ends. */
    ServerRun(Peer peer, Options options, BiConsumer<String, Measures> progress) {
        this.peer = peer;
        this.options = options;
        this.progress = progress;
    }

    /** Runs it all on a peer that is not started yet, and stops the peer whatever happens. */
    Map<String, Measures> run() throws IOException, InterruptedException {
        try (peer) {
            peer.start();
            try (Publisher publisher = peer.publisher()) {
                Publishing publishing = new Publishing(publisher, new Payload(EVENT_BYTES));
                ProcessProbe server = new ProcessProbe(peer.pid());
                int descriptors = server.descriptors();
                fans(server, publishing);
                if (options.has(Options.IDLE) || options.has(Options.VANISH)) {
                    forgetTheClosed(server, publishing, descriptors);
                    idle();
                }
            }
        }
        return measures;
    }

    private void fans(ProcessProbe server, Publishing publishing) throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(peer.port(), peer::path)) {
            Opening.Outcome opened = crowd.open(options.readers(), PACE);
            if (opened.failed() > 0) {
                throw new IOException(opened.failed() + " of " + opened.asked() + " readers could not be opened: "
                        + opened.firstFailure());
            }
            Fan fan = new Fan(server, crowd, publishing, DRAIN_MILLIS);
            pause();
            note(Options.WARMUP, fan.run(WARMUP_PER_SECOND, options.warmupSeconds()));
            if (options.has(Options.FAN10)) {
                pause();
                note(Options.FAN10, fan.run(10, options.seconds()));
            }
            if (options.has(Options.FAN50)) {
                pause();
                note(Options.FAN50, fan.run(50, options.seconds()));
            }
        }
    }

    /** A server that notices closed peers only when it writes must get the chance before memory is measured. */
    private void forgetTheClosed(ProcessProbe server, Publishing publishing, int descriptorsAtStart)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(AFTER_CLOSE_SECONDS);
        publishing.run(10, 1);
        while (server.descriptors() > descriptorsAtStart + STRAY_DESCRIPTORS && System.nanoTime() < end) {
            pause();
        }
    }

    private void idle() throws IOException, InterruptedException {
        Vanish vanish = new Vanish(peer, options.goneLimitSeconds());
        Vanish.Level before = vanish.level();
        try (Crowd crowd = new Crowd(peer.port(), peer::path)) {
            note(Options.IDLE, new Idle(peer.pid(), crowd).run(options.idleReaders(), PACE));
            if (options.has(Options.VANISH)) {
                note(Options.VANISH, vanish.run(crowd, before));
            }
        }
    }

    private void note(String scenario, Measures result) {
        measures.put(scenario, result);
        progress.accept(scenario, result);
    }

    private static void pause() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }
}
