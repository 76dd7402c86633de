package io.pado.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The scenario of many clients that connect, as fast as it goes, to a warm server: eight rounds, and of the last three the one in the middle
 * counts. Opening runs through a lot of a Java server's code, once for each reader, so its compiler needs tens of thousands of them.
 */
final class Connects {
    private static final int ROUNDS = 8;
    private static final int COUNTED = 3;
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
        List<Measures> rounds = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            Measures now = connect(readers);
            failed += now.get("failed");
            rounds.add(now);
            forgetting.await();
        }
        List<Measures> counted = rounds.subList(ROUNDS - COUNTED, ROUNDS).stream()
                .sorted(Comparator.comparingDouble(round -> round.get("openedPerSecond"))).toList();
        return counted.get(COUNTED / 2).put("failed", failed).put("coldPerSecond", rounds.get(0).get("openedPerSecond"));
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
