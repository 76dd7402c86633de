package io.pado.launch;

import io.pado.stores.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The settings a person can give on the command line: those of the launcher, described here, and those of the server, whose
 * catalogue is its own {@code microprofile-config.properties}. Immutable.
 */
final class KnownSettings {

    private static final List<Setting> OF_THE_LAUNCHER = List.of(
            new Setting("pado.http.port", "9080", "HTTP port; node 2 has 9081 and so on; 0 takes a free one"),
            new Setting("pado.node", "1", "2 and more: one more server on this machine, on the stores of the first"),
            new Setting("pado.data", "(none)", "directory that keeps the data of the embedded stores; without it they start empty"),
            new Setting("pado.demo", "(auto)", "fill in the demo data: true when all stores are embedded, otherwise false"),
            new Setting("pado.cafe.open", "(auto)", "the café needs no token: true with demo data, otherwise false"),
            new Setting("pado.drain.seconds", "(auto)", "served on for so many seconds after SIGTERM: 0 with demo data, otherwise 5"),
            new Setting("pado.sql.url", "(none)", "a running PostgreSQL, jdbc:postgresql://host:5432/database; without it one starts"),
            new Setting("pado.sql.user", "pado", "its user"),
            new Setting("pado.sql.password", "(hidden)", "its password; better given as PADO_SQL_PASSWORD"),
            new Setting("pado.sql.port", "15432", "port of the PostgreSQL that starts"),
            new Setting("pado.redis.url", "(none)", "a running Redis, redis://host:6379; without it one starts"),
            new Setting("pado.redis.port", "16379", "port of the Redis that starts"),
            new Setting("pado.mongo.url", "(none)", "a running MongoDB, mongodb://host:27017/database?replicaSet=NAME; without it one starts"),
            new Setting("pado.mongo.port", "17017", "port of the MongoDB that starts"),
            new Setting("pado.kafka", "(none)", "embedded: starts Kafka too, which then carries the work queue's messages"),
            new Setting("pado.kafka.port", "19092", "port of the Kafka that starts"),
            new Setting("pado.http.host", "localhost", "address that the server listens on; * for all"),
            new Setting("pado.http.protocol", "http/1.1", "http/2: speak HTTP/2 too, whose request bodies have no limit"),
            new Setting("pado.http.write.timeout", "10", "after so many seconds a connection whose peer does not read is given up"),
            new Setting("pado.compat.ports", "false", "listen on 3001, 5000 and 8000 too"),
            new Setting("pado.sql.pool", "20", "connections to PostgreSQL at most"),
            new Setting("pado.sql.timeout", "10", "seconds that a statement may take"),
            new Setting("pado.sql.silence", "20", "after so many seconds without a word PostgreSQL is gone; more than pado.sql.timeout"),
            new Setting("pado.help", "false", "print this list"));

    /** What settings begin with whose names the settings themselves make up. */
    private static final List<String> OPEN_ENDED = List.of("pado.jwt.outside.", "pado.topics.");

    private final Map<String, String> ofTheServer;

    KnownSettings(Map<String, String> ofTheServer) {
        this.ofTheServer = new TreeMap<>(ofTheServer);
    }

    static KnownSettings load() {
        Map<String, String> found = new TreeMap<>();
        try {
            for (URL file : Collections.list(KnownSettings.class.getClassLoader()
                    .getResources("META-INF/microprofile-config.properties"))) {
                read(file).forEach((name, value) -> found.put((String) name, (String) value));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the server's settings", unreadable);
        }
        found.keySet().removeIf(name -> !name.startsWith("pado."));
        return new KnownSettings(found);
    }

    private static Properties read(URL file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = file.openStream()) {
            properties.load(in);
        }
        return properties;
    }

    /** Those given on the command line that nobody reads: a slip of the pen, most likely. */
    List<String> unknownIn(Settings settings) {
        return settings.properties().keySet().stream()
                .filter(name -> !isOfTheLauncher(name) && !ofTheServer.containsKey(name) && OPEN_ENDED.stream().noneMatch(name::startsWith)).toList();
    }

    private static boolean isOfTheLauncher(String name) {
        return OF_THE_LAUNCHER.stream().anyMatch(setting -> setting.name().equals(name));
    }

    List<String> help() {
        List<String> lines = new ArrayList<>();
        lines.add("Settings of Pado, each as -Dpado.x.y=value or as environment variable PADO_X_Y, with their defaults:");
        OF_THE_LAUNCHER.forEach(setting -> lines.add(setting.line()));
        Map<String, String> others = new TreeMap<>(ofTheServer);
        others.keySet().removeIf(KnownSettings::isOfTheLauncher);
        if (!others.isEmpty()) {
            lines.add("and those that only the server reads:");
            others.forEach((name, value) -> lines.add(new Setting(name, shown(name, value), "").line()));
        }
        return lines;
    }

    private static String shown(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean secret = lower.endsWith("password") || lower.endsWith("secret") || lower.endsWith("key") || lower.endsWith("token");
        if (secret) {
            return "(hidden)";
        }
        return value.isBlank() ? "(none)" : value;
    }

    private record Setting(String name, String otherwise, String meaning) {

        String line() {
            return "  %-26s %-10s %s".formatted(name, otherwise, meaning).stripTrailing();
        }
    }
}
