package io.pado.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server under test as a child process that is the server itself, not a script around it. */
final class ServerProcess {
    private static final long START_SECONDS = 120;
    private static final long STOP_SECONDS = 30;
    private static final long LOOK_MILLIS = 100;

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts {@code line}, with settings as environment variables; what it prints goes to {@code log}. */
    static ServerProcess start(List<String> line, Map<String, String> settings, Path log) throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(settings);
        return new ServerProcess(builder.start(), log);
    }

    long pid() {
        return process.pid();
    }

    /** Returns when {@code path} is answered with 200; fails, naming the log, if that does not come to be. */
    void awaitAnswer(int port, String path) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            if (!process.isAlive()) {
                throw new IOException("the server has ended with code " + process.exitValue() + ": see " + log);
            }
            try {
                HttpText.get(port, path);
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw new IOException("the server is not ready after " + START_SECONDS + " s: see " + log, notYet);
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
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
