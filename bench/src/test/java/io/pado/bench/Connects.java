package io.pado.bench;

import java.io.IOException;

/** The scenario of many clients that connect, as fast as it goes: three rounds, of which the last one counts. */
final class Connects {
    private static final int ROUNDS = 3;
    private static final Opening.Pace PACE = Opening.Pace.asFastAsItGoes(64);

    private final Endpoint endpoint;
    private final ProcessProbe server;
    private final Forgetting forgetting;

    Connects(Endpoint endpoint, ProcessProbe server, Forgetting forgetting) {
        this.endpoint = endpoint;
        this.server = server;
        this.forgetting = forgetting;
    }

    /** Opens {@code readers} and closes them again, each round; {@code failed} is of all rounds. */
    Measures run(int readers) throws IOException, InterruptedException {
        double failed = 0;
        Measures last = new Measures();
        for (int round = 1; round <= ROUNDS; round++) {
            last = connect(readers);
            failed += last.get("failed");
            forgetting.await();
        }
        return last.put("failed", failed);
    }

    private Measures connect(int readers) throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(endpoint)) {
            Usage before = Usage.now(server);
            Opening.Outcome opened = crowd.open(readers, PACE);
            Usage used = Usage.now(server).since(before);
            return new Measures()
                    .put("readers", readers)
                    .put("opened", opened.opened())
                    .put("failed", opened.failed())
                    .put("dropped", crowd.census().dropped())
                    .put("openedPerSecond", opened.opened() / opened.seconds())
                    .put("handshakeP99Ms", opened.p99Millis())
                    .put("cpuUsEach", used.server() / 1e3 / opened.opened())
                    .put("ownCpuUsEach", used.own() / 1e3 / opened.opened())
                    .put("othersCores", used.othersCores());
        }
    }
}
