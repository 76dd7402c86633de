package io.pado.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Liberty server as a JVM of its own, started as its script would, but so that the process is the server itself. */
final class LibertyProcess {
    private static final int NEW_OPTIONS_SINCE = 24;
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final Path log;

    private LibertyProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the server {@code name} of {@code user} (which has {@code servers/<name>/server.xml}); it writes to
     * {@code output}. Settings go in as environment variables.
     */
    static LibertyProcess start(Path runtime, Path user, Path output, String name, Map<String, String> settings)
            throws IOException {
        String options = Runtime.version().feature() >= NEW_OPTIONS_SINCE ? "java24.options" : "java9.options";
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Files.readAllLines(runtime.resolve("lib/platform/java").resolve(options)).stream().map(String::trim)
                .filter(option -> !option.isEmpty() && !option.startsWith("#")).forEach(line::add);
        line.add("-javaagent:" + runtime.resolve("bin/tools/ws-javaagent.jar"));
        line.add("-jar");
        line.add(runtime.resolve("bin/tools/ws-server.jar").toString());
        line.add(name);
        Path log = Files.createDirectories(output).resolve("console.log");
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(settings);
        builder.environment().put("WLP_USER_DIR", user.toString());
        builder.environment().put("WLP_OUTPUT_DIR", output.toString());
        return new LibertyProcess(builder.start(), log);
    }

    long pid() {
        return process.pid();
    }

    /** Fails, naming the log, if the server has ended. */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("the server has ended with code " + process.exitValue() + ": see " + log);
        }
    }

    /** Stops in good order, or by force after 30 s. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
