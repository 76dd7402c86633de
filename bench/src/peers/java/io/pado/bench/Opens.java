package io.pado.bench;

import io.pado.launch.Node;
import io.pado.launch.NodeOptions;
import io.pado.stores.Stores;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A crowd that comes at once to a node that has just started: how long until all its streams are open. */
final class Opens {
    private static final int READERS = 9_500;
    private static final int UNDER_WAY = 1_000;
    private static final int DEFAULT_ROUNDS = 3;
    private static final double BOUND_SECONDS = 5;

    private Opens() {
    }

    /** Argument: lives of the node, 3 without it. Exit code 0: the bound is kept; 1: not so. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length == 0 ? DEFAULT_ROUNDS : Integer.parseInt(arguments[0]);
        boolean kept = true;
        System.out.println("| node | readers | open after s | of the server's CPU, s | p99 of one ms | failed |\n|--:|--:|--:|--:|--:|--:|");
        for (int round = 1; round <= rounds; round++) {
            kept &= measured(round);
        }
        System.exit(kept ? 0 : 1);
    }

    private static boolean measured(int round) throws IOException, InterruptedException {
        try (Stores stores = Stores.forTests()) {
            Map<String, String> settings = new HashMap<>(stores.settings());
            settings.putAll(PadoPeer.NO_LIMITS);
            try (Node node = Node.prepare("bench", FreePort.find(), NodeOptions.of(settings))) {
                node.start();
                ProcessProbe server = new ProcessProbe(node.pid());
                try (Crowd crowd = new Crowd(Endpoint.events(node.port(), i -> "/sse/votes?client_id=r" + i, "\"connection_ack\""))) {
                    Usage before = Usage.now(server);
                    Opening.Outcome came = crowd.open(READERS, Opening.Pace.asFastAsItGoes(UNDER_WAY));
                    Usage used = Usage.now(server).since(before);
                    System.out.println(String.format(Locale.ROOT, "| %d | %d | %.1f | %.1f | %.0f | %d |", round, came.opened(), came.seconds(), used.server() / 1e9,
                            came.p99Millis(), came.failed()));
                    return came.failed() == 0 && came.seconds() <= BOUND_SECONDS;
                }
            }
        }
    }
}
