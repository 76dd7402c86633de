package io.pado.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The measures of all server runs so far, by server, scenario and round; gives medians, worst cases and ratios. */
final class Rounds {
    private final Map<String, List<Map<Scenario, Measures>>> byPeer = new LinkedHashMap<>();

    /** Adds the next round of {@code peer}: measures by scenario. */
    void add(String peer, Map<Scenario, Measures> measures) {
        byPeer.computeIfAbsent(peer, name -> new ArrayList<>()).add(measures);
    }

    /** Whether anything was added of {@code peer}. */
    boolean has(String peer) {
        return byPeer.containsKey(peer);
    }

    /** The median over the rounds; NaN if it was never measured. */
    double median(String peer, Scenario scenario, String measure) {
        return median(values(peer, scenario, measure));
    }

    /** The largest over the rounds; NaN if it was never measured. */
    double worst(String peer, Scenario scenario, String measure) {
        return Arrays.stream(values(peer, scenario, measure)).filter(value -> !Double.isNaN(value)).max()
                .orElse(Double.NaN);
    }

    /**
     * The median of {@code peer} / {@code base}, divided pair by pair; pairs of which one has no such measure, or that
     * cannot be divided (nothing, or never), are left out; NaN if none remains.
     */
    double medianRatio(String peer, String base, Scenario scenario, String measure) {
        double[] above = values(peer, scenario, measure);
        double[] below = values(base, scenario, measure);
        double[] ratios = new double[Math.min(above.length, below.length)];
        Arrays.setAll(ratios, round -> ratio(above[round], below[round]));
        return median(ratios);
    }

    private static double ratio(double above, double below) {
        double ratio = above / below;
        return Double.isFinite(below) && Double.isFinite(ratio) ? ratio : Double.NaN;
    }

    private double[] values(String peer, Scenario scenario, String measure) {
        return byPeer.getOrDefault(peer, List.of()).stream()
                .mapToDouble(round -> round.getOrDefault(scenario, new Measures()).get(measure)).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
