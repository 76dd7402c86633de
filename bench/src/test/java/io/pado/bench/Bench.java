package io.pado.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The whole comparison: in each round one life of every server in turn, so that drift of the machine hits them alike.
 * Writes a line of JSON per server run, the table, and says which bounds are broken.
 */
final class Bench {
    private final Map<String, Supplier<Peer>> peers;
    private final Options options;
    private final PrintStream out;
    private final Rounds rounds = new Rounds();
    private volatile Peer current;

    /** {@code peers}: how to make each server under test anew, by name. */
    Bench(Map<String, Supplier<Peer>> peers, Options options, PrintStream out) {
        this.peers = new LinkedHashMap<>(peers);
        this.options = options;
        this.out = out;
    }

    /** Runs everything; true if no bound is broken. */
    boolean run() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopCurrent, "bench-stop"));
        String machine = Machine.line();
        out.println(machine);
        for (int round = 1; round <= options.rounds(); round++) {
            for (String name : options.peers()) {
                rounds.add(name, runOnce(name, round, machine));
            }
        }
        Report report = new Report(rounds);
        String table = report.table();
        List<String> broken = report.broken();
        out.println();
        out.print(table);
        broken.forEach(bound -> out.println("BROKEN: " + bound));
        if (options.full()) {
            keep(machine, table);
        }
        return broken.isEmpty();
    }

    private void keep(String machine, String table) throws IOException {
        new ResultsFile(options.home().resolve("RESULTS.md")).replace("Java " + Runtime.version().feature(),
                machine + "; " + options.rounds() + " rounds, " + Measures.text(options.seconds())
                        + " s each scenario\n\n" + table);
    }

    private Map<String, Measures> runOnce(String name, int round, String machine)
            throws IOException, InterruptedException {
        Supplier<Peer> maker = peers.get(name);
        if (maker == null) {
            throw new IllegalArgumentException("no server is called " + name + ", only " + peers.keySet());
        }
        current = maker.get();
        ServerRun run = new ServerRun(current, options, (scenario, measures) ->
                out.println("round " + round + " " + name + " " + scenario + " " + measures.json()));
        Map<String, Measures> measures = run.run();
        append(name, round, machine, measures);
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

    private void append(String name, int round, String machine, Map<String, Measures> measures) throws IOException {
        String scenarios = measures.entrySet().stream()
                .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue().json())
                .collect(Collectors.joining(","));
        String line = "{\"time\":\"" + Instant.now() + "\",\"machine\":\"" + machine.replace("\"", "'")
                + "\",\"java\":" + Runtime.version().feature() + ",\"peer\":\"" + name + "\",\"round\":" + round + ","
                + scenarios + "}\n";
        Path file = options.home().resolve("results.jsonl");
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
