package io.pado.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * One life of one server: start, warm-up, the chosen scenarios in the order of {@link Scenario}, stop. Gives the
 * scenarios' measures. The fans of one transport share one crowd, and so do idle and vanish.
 */
final class ServerRun {
    private static final Opening.Pace PACE = new Opening.Pace(2_000, 64);
    private static final int WARMUP_PER_SECOND = 100;
    private static final int EVENT_BYTES = 100;
    private static final int WIDE_READERS = 5_000;
    private static final int STALLED_IN = 10;
    private static final int PUBLISH_READERS = 2;
    /** A little more than is asked for, so that a rate which is just reached can be seen. */
    private static final int PUBLISH_PER_SECOND = 10_500;

    private static final double SETTLED_CORES = 0.05;
    /** Over which the use is taken: CPU time comes in steps of 10 ms. */
    private static final long USE_TAKEN_MILLIS = 1_000;
    private static final long LONGEST_TO_SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** One rate to a crowd that stays. */
    private record Phase(Scenario scenario, int perSecond) {
    }

    /** What is done with an open crowd. */
    private interface Part {
        void run(Crowd crowd) throws IOException, InterruptedException;
    }

    private static final List<Phase> EVENT_FANS = List.of(new Phase(Scenario.FAN10, 10), new Phase(Scenario.FAN50, 50),
            new Phase(Scenario.FAN250, 250));
    private static final List<Phase> SOCKET_FANS = List.of(new Phase(Scenario.WS10, 10), new Phase(Scenario.WS50, 50));

    private final Peer peer;
    private final Options options;
    private final BiConsumer<Scenario, Measures> progress;
    private final Map<Scenario, Measures> measures = new LinkedHashMap<>();
    private Publisher publisher;
    private Publishing publishing;
    private ProcessProbe server;
    private Forgetting forgetting;

    /** {@code progress} hears of every scenario as it ends. */
    ServerRun(Peer peer, Options options, BiConsumer<Scenario, Measures> progress) {
        this.peer = peer;
        this.options = options;
        this.progress = progress;
    }

    /** Runs it all on a peer that is not started yet, and stops the peer whatever happens. */
    Map<Scenario, Measures> run() throws IOException, InterruptedException {
        try (peer) {
            peer.start();
            try (Publisher connected = peer.publisher()) {
                publisher = connected;
                publishing = new Publishing(publisher, new Payload(EVENT_BYTES));
                server = new ProcessProbe(peer.pid());
                forgetting = new Forgetting(server, publishing);
                fans();
                idle();
                strains();
                connects();
            }
        }
        return measures;
    }

    private void fans() throws IOException, InterruptedException {
        double warmup = options.warmupSeconds();
        with(peer.events(), options.readers(), crowd -> fan(crowd, Scenario.WARMUP, warmup, EVENT_FANS));
        if (Stream.of(Scenario.values()).anyMatch(scenario -> scenario.webSocket() && wanted(scenario))) {
            // What both transports share is warm by now.
            with(peer.webSocket(), options.readers(), crowd -> fan(crowd, Scenario.WS_WARMUP, warmup / 4, SOCKET_FANS));
        }
    }

    private void fan(Crowd crowd, Scenario warmup, double seconds, List<Phase> phases)
            throws IOException, InterruptedException {
        Fan fan = new Fan(server, crowd, publishing);
        note(warmup, fan.run(WARMUP_PER_SECOND, seconds));
        for (Phase phase : phases) {
            if (wanted(phase.scenario())) {
                settle();
                note(phase.scenario(), fan.run(phase.perSecond(), options.seconds()));
            }
        }
    }

    private void idle() throws IOException, InterruptedException {
        if (!wanted(Scenario.IDLE) && !wanted(Scenario.VANISH)) {
            return;
        }
        Vanish vanish = new Vanish(peer, options.goneLimitSeconds());
        Vanish.Level before = vanish.level();
        try (Crowd crowd = new Crowd(peer.events())) {
            note(Scenario.IDLE, new Idle(server, peer.jvm(), crowd).run(options.manyReaders(), PACE));
            if (wanted(Scenario.VANISH)) {
                note(Scenario.VANISH, vanish.run(crowd, before));
            }
        }
        forgetting.await();
    }

    private void strains() throws IOException, InterruptedException {
        int readers = options.readers();
        strain(Scenario.MOST, readers, crowd -> note(Scenario.MOST, new Most(new Fan(server, crowd, publishing),
                rung -> progress.accept(Scenario.MOST, rung)).run(options.rungSeconds())));
        strain(Scenario.WIDE, WIDE_READERS,
                crowd -> note(Scenario.WIDE, new Fan(server, crowd, publishing).run(10, options.seconds())));
        int stalled = readers / STALLED_IN;
        strain(Scenario.STALLED, readers - stalled, crowd -> note(Scenario.STALLED,
                new Stalled(peer.events(), server, crowd, publisher).run(stalled, options.seconds())));
        strain(Scenario.PUBLISH, PUBLISH_READERS, crowd -> note(Scenario.PUBLISH,
                new Fan(server, crowd, publishing).run(PUBLISH_PER_SECOND, options.burstSeconds())));
    }

    private void strain(Scenario scenario, int readers, Part part) throws IOException, InterruptedException {
        if (wanted(scenario)) {
            with(peer.events(), readers, part);
        }
    }

    private void connects() throws IOException, InterruptedException {
        if (wanted(Scenario.CONNECTS)) {
            note(Scenario.CONNECTS, new Connects(peer.events(), server, forgetting).run(options.manyReaders()));
        }
        if (wanted(Scenario.WS_CONNECTS)) {
            note(Scenario.WS_CONNECTS, new Connects(peer.webSocket(), server, forgetting).run(options.manyReaders()));
        }
    }

    /** Opens a crowd for one part, closes it, and waits until the server has forgotten it. */
    private void with(Endpoint endpoint, int readers, Part part) throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(endpoint)) {
            Opening.Outcome opened = crowd.open(readers, PACE);
            if (opened.failed() > 0) {
                throw new IOException("%d of %d readers of %s could not be opened: %s".formatted(opened.failed(),
                        opened.asked(), peer.name(), opened.firstFailure()));
            }
            // Else the collection that moves all that came with the crowd falls into one measurement and not into another.
            collect();
            settle();
            part.run(crowd);
        }
        forgetting.await();
    }

    private boolean wanted(Scenario scenario) {
        return options.has(scenario) && peer.takesPart(scenario);
    }

    private void note(Scenario scenario, Measures result) {
        measures.put(scenario, result);
        progress.accept(scenario, result);
    }

    private void collect() throws IOException, InterruptedException {
        if (peer.jvm().isPresent()) {
            peer.jvm().get().collect();
        }
    }

    /** Waits until the server is through with what came before, such as compiling what it ran through when the readers came; 30 s at most. */
    private void settle() throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_TO_SETTLE_NANOS;
        Usage used;
        do {
            Usage before = Usage.now(server);
            TimeUnit.MILLISECONDS.sleep(USE_TAKEN_MILLIS);
            used = Usage.now(server).since(before);
        } while (used.server() > used.wall() * SETTLED_CORES && System.nanoTime() < end);
    }
}
