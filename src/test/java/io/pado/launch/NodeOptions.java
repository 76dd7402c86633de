package io.pado.launch;

import io.pado.stores.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How a node differs from the next one: its settings by MicroProfile Config key, options for its JVM, and who hears of its
 * progress. The {@code pado.*} system properties of this process are part of the settings; given ones win over them. Immutable.
 *
 * @param classes that its WAR has beside those of the application: a test's
 */
public record NodeOptions(Map<String, String> settings, List<String> jvmOptions, Consumer<String> progress, List<Class<?>> classes) {

    private static final String DATA = "pado.data";
    private static final String HOST = "pado.http.host";
    private static final String THIS_MACHINE = "localhost";
    private static final Set<String> ALL_ADDRESSES = Set.of("*", "0.0.0.0", "::", "[::]");

    public NodeOptions {
        settings = Map.copyOf(settings);
        jvmOptions = List.copyOf(jvmOptions);
        classes = List.copyOf(classes);
    }

    public static NodeOptions of(Map<String, String> settings) {
        return of(Settings.ofProcess(), settings);
    }

    static NodeOptions of(Settings process, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(process.properties());
        // The server works in another directory, where a relative path would mean another place.
        process.get(DATA).ifPresent(data -> all.put(DATA, Path.of(data).toAbsolutePath().normalize().toString()));
        process.get(HOST).ifPresent(host -> all.put(HOST, host));
        all.putAll(settings);
        return new NodeOptions(all, List.of(), line -> { }, List.of());
    }

    /** The same with more options for the JVM, such as {@code -Xmx256m}. */
    public NodeOptions withJvmOptions(String... more) {
        return new NodeOptions(settings, List.of(more), progress, classes);
    }

    /** The same, telling somebody how it goes. */
    public NodeOptions withProgress(Consumer<String> listener) {
        return new NodeOptions(settings, jvmOptions, listener, classes);
    }

    /** The same with more classes in the WAR. */
    NodeOptions withClasses(List<Class<?>> more) {
        return new NodeOptions(settings, jvmOptions, progress, more);
    }

    /** By which name or address, as in a URL, this machine reaches a server with these settings. */
    String host() {
        String host = settings.getOrDefault(HOST, THIS_MACHINE).strip();
        if (host.isEmpty() || ALL_ADDRESSES.contains(host)) {
            return THIS_MACHINE;
        }
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? '[' + host + ']' : host;
    }

    /** The settings hold passwords, which must not reach a log. */
    @Override
    public String toString() {
        return "NodeOptions of " + settings.keySet();
    }
}
