package io.pado.launch;

import io.pado.stores.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command line and environment of one server: what Liberty's own script would put together, but run directly, so that the
 * process id is the server's and a signal reaches it. Settings go in as environment variables, which Liberty's variables and
 * MicroProfile Config both read and which, unlike arguments, other users of the machine cannot see.
 */
record ServerCommand(Path wlp, NodeDirectory directory, int javaVersion) {

    /** The first Java with its own list of module options. */
    private static final int NEW_OPTIONS_SINCE = 24;

    List<String> line(Path java, List<String> extraOptions) {
        List<String> line = new ArrayList<>();
        line.add(java.toString());
        line.add("-Djava.awt.headless=true");
        line.add("-Djdk.attach.allowAttachSelf=true");
        line.addAll(optionLines(wlp.resolve("lib/platform/java").resolve(platformOptions(javaVersion))));
        line.addAll(optionLines(directory.config().resolve("jvm.options")));
        line.addAll(extraOptions);
        line.add("-javaagent:" + wlp.resolve("bin/tools/ws-javaagent.jar"));
        line.add("-jar");
        line.add(wlp.resolve("bin/tools/ws-server.jar").toString());
        line.add(Installation.SERVER);
        return line;
    }

    /** What comes on top of the launcher's environment: the server's own file, then the settings, the later winning. */
    Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> environment = new LinkedHashMap<>();
        optionLines(directory.config().resolve("server.env")).stream().filter(line -> line.indexOf('=') > 0)
                .forEach(line -> environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        settings.forEach((setting, value) -> environment.put(Settings.environmentName(setting), value));
        environment.put("WLP_USER_DIR", directory.user().toString());
        environment.put("WLP_OUTPUT_DIR", directory.output().toString());
        environment.put("LOG_DIR", directory.work().resolve("logs").toString());
        return environment;
    }

    static String platformOptions(int javaVersion) {
        return javaVersion >= NEW_OPTIONS_SINCE ? "java24.options" : "java9.options";
    }

    /** One option a line, without comments; none when there is no such file. */
    static List<String> optionLines(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file, unreadable);
        }
    }
}
