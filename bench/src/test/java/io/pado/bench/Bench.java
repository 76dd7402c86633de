package io.pado.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The whole comparison: in each round one life of every server in turn, so that drift of the machine hits them alike.
 * Writes a line of JSON per server run, the table, and says which bounds are broken.
 */
final class Bench {
    private final LineUp lineUp;
    private final Options options;
    private final PrintStream out;
    private final Rounds rounds = new Rounds();
    private volatile Peer current;

    Bench(LineUp lineUp, Options options, PrintStream out) {
        this.lineUp = lineUp;
        this.options = options;
        this.out = out;
    }

    /** Runs everything; true if no bound is broken. */
    boolean run() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopCurrent, "bench-stop"));
        String leftOut = String.join(", ", lineUp.leftOut());
        String machine = Machine.line() + (leftOut.isEmpty() ? "" : "; left out: " + leftOut);
        out.println(machine);
        for (int round = 1; round <= options.rounds(); round++) {
            for (Map.Entry<String, Supplier<Peer>> peer : lineUp.peers().entrySet()) {
                rounds.add(peer.getKey(), runOnce(peer.getValue().get(), round, machine));
            }
        }
        Report report = new Report(rounds);
        String tables = report.tables();
        List<String> broken = report.broken();
        out.println();
        out.print(tables);
        broken.forEach(bound -> out.println("BROKEN: " + bound));
        if (options.full() && lineUp.peers().keySet().containsAll(Bound.NEEDED)) {
            keep(machine, tables);
        }
        return broken.isEmpty();
    }

    private void keep(String machine, String tables) throws IOException {
        new ResultsFile(options.home().resolve("RESULTS.md")).replace("Java " + Runtime.version().feature(),
                machine + "; " + options.rounds() + " rounds, " + Measures.text(options.seconds())
                        + " s each scenario\n\n" + tables);
    }

    private Map<Scenario, Measures> runOnce(Peer peer, int round, String machine)
            throws IOException, InterruptedException {
        current = peer;
        ServerRun run = new ServerRun(peer, options, (scenario, measures) ->
                out.println("round " + round + " " + peer.name() + " " + scenario + " " + measures.json()));
        Map<Scenario, Measures> measures = run.run();
        append(peer.name(), round, machine, measures);
        return measures;
    }

    /** For Ctrl-C: the server under test must not outlive this program. */
    private void stopCurrent() {
        Peer running = current;
        if (running != null) {
            try {
                running.close();
            } catch (IOException | InterruptedException e) {
                out.println(running.name() + " could not be stopped: " + e);
            }
        }
    }

    private void append(String name, int round, String machine, Map<Scenario, Measures> measures) throws IOException {
        String scenarios = measures.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue().json())
                .collect(Collectors.joining(","));
        String line = "{\"time\":\"" + Instant.now() + "\",\"machine\":\"" + machine.replace("\"", "'")
                + "\",\"java\":" + Runtime.version().feature() + ",\"peer\":\"" + name + "\",\"round\":" + round + ","
                + scenarios + "}\n";
        Path file = options.home().resolve("results.jsonl");
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
