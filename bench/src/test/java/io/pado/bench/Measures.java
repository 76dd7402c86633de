package io.pado.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Named numbers of one scenario, in the order in which they were put; names end with their unit. NaN: not measured;
 * infinite: waited for in vain.
 */
final class Measures {
    private final Map<String, Double> values = new LinkedHashMap<>();

    Measures put(String name, double value) {
        values.put(name, value);
        return this;
    }

    /** The number of that name, NaN if there is none. */
    double get(String name) {
        return values.getOrDefault(name, Double.NaN);
    }

    /** A JSON object: null for what was not measured, "never" for what did not happen. */
    String json() {
        return values.entrySet().stream().map(entry -> '"' + entry.getKey() + "\":" + json(entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** For people: three digits that count. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (Double.isInfinite(value)) {
            return "never";
        }
        double size = Math.abs(value);
        String format = value == Math.rint(value) || size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String json(double value) {
        if (Double.isNaN(value)) {
            return "null";
        }
        if (Double.isInfinite(value)) {
            return "\"never\"";
        }
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
    }
}
