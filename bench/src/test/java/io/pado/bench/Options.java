package io.pado.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line: scenario names, and options that each take one value. Immutable. */
final class Options {
    /** Always runs, so it is no option. */
    static final String WARMUP = "warm-up";
    static final String FAN10 = "fan10";
    static final String FAN50 = "fan50";
    static final String IDLE = "idle";
    static final String VANISH = "vanish";
    static final String USAGE = """
            bench/run [--no-build] [scenario...] [--option value...]
              scenarios: fan10 fan50 idle vanish (all of them)
              --rounds N      pairs of server runs, medians are taken of them (3)
              --duration S    seconds of publishing in a fan scenario (15)
              --warmup S      seconds of publishing at 50/s before anything counts (40)
              --readers N     readers of a fan scenario (1000)
              --idle N        idle readers (10000)
              --gone-limit S  seconds to wait for vanished readers to be noticed (45)
              --peers A,B     the servers (stock,pado)
              --runtime DIR   Liberty (target/liberty/wlp of the project)
            """;

    private static final List<String> SCENARIOS = List.of(FAN10, FAN50, IDLE, VANISH);
    private static final Set<String> KNOWN = Set.of("home", "rounds", "duration", "warmup", "readers", "idle",
            "gone-limit", "peers", "runtime");

    private final List<String> scenarios;
    private final Map<String, String> values;

    private Options(List<String> scenarios, Map<String, String> values) {
        this.scenarios = scenarios.isEmpty() ? SCENARIOS : List.copyOf(scenarios);
        this.values = Map.copyOf(values);
    }

    /** Reads the arguments; fails with a sentence about the first one that makes no sense. */
    static Options parse(String... arguments) {
        List<String> scenarios = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (SCENARIOS.contains(argument)) {
                scenarios.add(argument);
            } else if (argument.startsWith("--") && KNOWN.contains(argument.substring(2)) && i + 1 < arguments.length) {
                values.put(argument.substring(2), arguments[++i]);
            } else {
                throw new IllegalArgumentException("not understood: " + argument);
            }
        }
        return new Options(scenarios, values);
    }

    boolean has(String scenario) {
        return scenarios.contains(scenario);
    }

    /** Whether the run says enough to be kept as the result: everything, for both servers, three times at least. */
    boolean full() {
        boolean all = scenarios.containsAll(SCENARIOS) && peers().containsAll(List.of(Bound.JUDGED, Bound.BASE));
        return all && rounds() >= 3 && seconds() >= 15;
    }

    int rounds() {
        return Integer.parseInt(values.getOrDefault("rounds", "3"));
    }

    double seconds() {
        return Double.parseDouble(values.getOrDefault("duration", "15"));
    }

    double warmupSeconds() {
        return Double.parseDouble(values.getOrDefault("warmup", "40"));
    }

    int readers() {
        return Integer.parseInt(values.getOrDefault("readers", "1000"));
    }

    int idleReaders() {
        return Integer.parseInt(values.getOrDefault("idle", "10000"));
    }

    double goneLimitSeconds() {
        return Double.parseDouble(values.getOrDefault("gone-limit", "45"));
    }

    List<String> peers() {
        return List.of(values.getOrDefault("peers", "stock,pado").split(","));
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
