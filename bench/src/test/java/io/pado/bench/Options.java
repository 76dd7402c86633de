package io.pado.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The command line: scenario names, and options that each take one value but {@code --quick}. Immutable. */
final class Options {
    static final String USAGE = """
            bench/run [--no-build] [scenario...] [--quick] [--option value...]
              scenarios: fan10 fan50 fan250 ws10 ws50 idle vanish most wide stalled publish connects wsconnects (all)
              --quick         a first look: --rounds 1 --duration 5 --warmup 20
              --rounds N      lives of each server, in turn; medians are taken of them (3)
              --duration S    seconds of publishing in a scenario (15)
              --warmup S      seconds of publishing at 100/s before anything counts (60)
              --readers N     readers of most scenarios (1000)
              --idle N        readers of idle, vanish, connects and wsconnects (10000)
              --gone-limit S  seconds to wait for vanished readers to be noticed (45)
              --peers A,B     the servers, in turn (stock,node,nchan,pado as far as they are installed)
              --runtime DIR   Liberty (target/liberty/wlp of the project)
            """;

    private static final String QUICK = "--quick";
    private static final Map<String, String> QUICK_VALUES = Map.of("rounds", "1", "duration", "5", "warmup", "20");
    private static final double LONGEST_RUNG = 6;
    private static final double LONGEST_BURST = 10;
    private static final int FULL_ROUNDS = 3;
    private static final double FULL_SECONDS = 15;
    private static final Set<String> KNOWN = Set.of("home", "rounds", "duration", "warmup", "readers", "idle",
            "gone-limit", "peers", "runtime");

    private final List<Scenario> scenarios;
    private final Map<String, String> values;

    private Options(List<Scenario> scenarios, Map<String, String> values) {
        this.scenarios = scenarios.isEmpty() ? Scenario.CHOICES : List.copyOf(scenarios);
        this.values = Map.copyOf(values);
    }

    /** Reads the arguments; fails with a sentence about the first one that makes no sense. */
    static Options parse(String... arguments) {
        List<Scenario> scenarios = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            Optional<Scenario> scenario = Scenario.find(argument);
            if (scenario.isPresent()) {
                scenarios.add(scenario.get());
            } else if (argument.equals(QUICK)) {
                QUICK_VALUES.forEach(values::putIfAbsent);
            } else if (argument.startsWith("--") && KNOWN.contains(argument.substring(2)) && i + 1 < arguments.length) {
                values.put(argument.substring(2), arguments[++i]);
            } else {
                throw new IllegalArgumentException("not understood: " + argument);
            }
        }
        return new Options(scenarios, values).checked();
    }

    /** Numbers that are none are said here, not after an hour. */
    private Options checked() {
        List.of("rounds", "readers", "idle").forEach(
                name -> require(name, values.getOrDefault(name, "1").matches("[1-9][0-9]{0,5}")));
        List.of("duration", "warmup", "gone-limit").forEach(
                name -> require(name, values.getOrDefault(name, "1").matches("[0-9]{1,5}(\\.[0-9]+)?")));
        return this;
    }

    private void require(String name, boolean right) {
        if (!right) {
            throw new IllegalArgumentException("--" + name + " needs a number, not " + values.get(name));
        }
    }

    boolean has(Scenario scenario) {
        return scenarios.contains(scenario);
    }

    /** Whether the run says enough to be kept as the result: everything, for long enough, three times at least. */
    boolean full() {
        return scenarios.containsAll(Scenario.CHOICES) && rounds() >= FULL_ROUNDS && seconds() >= FULL_SECONDS;
    }

    int rounds() {
        return Integer.parseInt(values.getOrDefault("rounds", "3"));
    }

    double seconds() {
        return Double.parseDouble(values.getOrDefault("duration", "15"));
    }

    /** Of one rung of {@link Most}. */
    double rungSeconds() {
        return Math.min(LONGEST_RUNG, seconds());
    }

    /** Of publishing as fast as must be possible. */
    double burstSeconds() {
        return Math.min(LONGEST_BURST, seconds());
    }

    double warmupSeconds() {
        return Double.parseDouble(values.getOrDefault("warmup", "60"));
    }

    int readers() {
        return Integer.parseInt(values.getOrDefault("readers", "1000"));
    }

    /** Readers to whom little is sent. */
    int manyReaders() {
        return Integer.parseInt(values.getOrDefault("idle", "10000"));
    }

    double goneLimitSeconds() {
        return Double.parseDouble(values.getOrDefault("gone-limit", "45"));
    }

    /** The servers that are asked for by name; empty: those that are installed. */
    List<String> peers() {
        return values.containsKey("peers") ? List.of(values.get("peers").split(",")) : List.of();
    }

    /** The directory {@code bench} of the project. */
    Path home() {
        return Path.of(values.getOrDefault("home", ".")).toAbsolutePath().normalize();
    }

    /** Liberty's directory. */
    Path runtime() {
        String given = values.get("runtime");
        return given == null ? home().resolveSibling("target/liberty/wlp") : Path.of(given).toAbsolutePath();
    }
}
