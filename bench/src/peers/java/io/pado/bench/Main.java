package io.pado.bench;

import java.io.IOException;
import java.util.List;

/** Compares Pado with its peers; see {@code bench/run}. */
final class Main {
    private static final int BROKEN = 1;
    private static final int UNABLE = 2;

    private Main() {
    }

    /** Exit code 0: all bounds kept; 1: one is broken; 2: it could not run to the end. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            Options options = Options.parse(arguments);
            LineUp lineUp = LineUp.of(candidates(options), options.peers());
            System.exit(new Bench(lineUp, options, System.out).run() ? 0 : BROKEN);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.print(Options.USAGE);
            System.exit(UNABLE);
        } catch (IOException | RuntimeException failure) {
            failure.printStackTrace();
            System.exit(UNABLE);
        }
    }

    /** In turn: the two that are compared most often come one right after the other. */
    private static List<LineUp.Candidate> candidates(Options options) {
        return List.of(
                new LineUp.Candidate(StockPeer.NAME, () -> new StockPeer(options.runtime(), options.home()), ""),
                new LineUp.Candidate(NodePeer.NAME, () -> new NodePeer(options.home()),
                        NodePeer.missing(options.home())),
                new LineUp.Candidate(NchanPeer.NAME, () -> new NchanPeer(options.home()), NchanPeer.missing()),
                new LineUp.Candidate(PadoPeer.NAME, PadoPeer::new, ""));
    }
}
