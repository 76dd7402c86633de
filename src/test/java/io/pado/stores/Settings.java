package io.pado.stores;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The {@code pado.*} settings of a run, with the precedence of MicroProfile Config: a system property first, then the
 * environment variable of the same name. An empty value counts as not set. Immutable.
 */
public final class Settings {

    private static final String PREFIX = "pado.";

    private final Map<String, String> properties;
    private final Map<String, String> environment;

    private Settings(Map<String, String> properties, Map<String, String> environment) {
        this.properties = Map.copyOf(properties);
        this.environment = Map.copyOf(environment);
    }

    /** What this process was given: its system properties and its environment. */
    public static Settings ofProcess() {
        return of(System.getProperties(), System.getenv());
    }

    /** Only these, nothing of the process. */
    public static Settings of(Map<String, String> settings) {
        return new Settings(settings, Map.of());
    }

    static Settings of(Properties properties, Map<String, String> environment) {
        Map<String, String> own = new HashMap<>();
        properties.stringPropertyNames().stream().filter(name -> name.startsWith(PREFIX))
                .forEach(name -> own.put(name, properties.getProperty(name)));
        return new Settings(own, environment);
    }

    /** The environment variable that MicroProfile Config and Liberty read for a setting: {@code PADO_SQL_URL}. */
    public static String environmentName(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** The same settings with one more, which wins over what was given. */
    public Settings with(String setting, String value) {
        Map<String, String> more = new HashMap<>(properties);
        more.put(setting, value);
        return new Settings(more, environment);
    }

    public Optional<String> get(String setting) {
        return Optional.ofNullable(properties.getOrDefault(setting, environment.get(environmentName(setting))))
                .map(String::strip).filter(value -> !value.isEmpty());
    }

    public String get(String setting, String otherwise) {
        return get(setting).orElse(otherwise);
    }

    /** A port number; 0 asks for any free port. */
    public int port(String setting, int otherwise) {
        return number(setting, otherwise, 0, 65_535);
    }

    /** A whole number within bounds. */
    public int number(String setting, int otherwise, int least, int most) {
        String given = get(setting, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(given);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw outOfBounds(setting, given, least, most, notANumber);
        }
        throw outOfBounds(setting, given, least, most, null);
    }

    /** Those set as system properties, by name: what stood on the command line. */
    public Map<String, String> properties() {
        return new TreeMap<>(properties);
    }

    private static StoreFailure outOfBounds(String setting, String given, int least, int most, Exception cause) {
        return new StoreFailure("The setting %s must be a whole number from %d to %d, not '%s'."
                .formatted(setting, least, most, given), cause);
    }
}
