package io.pado.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Compares Pado with the stock broadcaster; see {@code bench/run}. */
final class Main {
    private static final int BROKEN = 1;
    private static final int UNABLE = 2;

    private Main() {
    }

    /** Exit code 0: all bounds kept; 1: one is broken; 2: it could not run to the end. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            Options options = Options.parse(arguments);
            Map<String, Supplier<Peer>> peers = new LinkedHashMap<>();
            peers.put("stock", () -> new StockPeer(options.runtime(), options.home()));
            peers.put("pado", PadoPeer::new);
            System.exit(new Bench(peers, options, System.out).run() ? 0 : BROKEN);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.print(Options.USAGE);
            System.exit(UNABLE);
        } catch (IOException | RuntimeException failure) {
            failure.printStackTrace();
            System.exit(UNABLE);
        }
    }
}
