package io.pado.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.SaveMode;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A real Redis as a child process on the loopback address. Kept data goes to an append-only file, written through each second;
 * temporary data is in memory only. A test may stop it and start it again on the same port. Thread-safe.
 */
public final class RedisStore implements Store {

    private static final int START_SECONDS = 20;
    private static final int STOP_SECONDS = 20;
    private static final int PROBE_MILLIS = 20;
    private static final String DIRECTORY = "redis";

    private final StoreKind kind;
    private final RedisProgram program;
    private final int port;
    private final Path files;
    private final Path log;
    private final boolean kept;
    private Process process;

    private RedisStore(StoreKind kind, RedisProgram program, int port, DataDirectory data) {
        this.kind = kind;
        this.program = program;
        this.port = port;
        this.files = data.of(DIRECTORY);
        this.log = data.log(DIRECTORY);
        this.kept = data.kept();
    }

    static RedisStore start(StoreKind kind, int port, DataDirectory data) {
        RedisProgram program;
        try {
            // An earlier run's complaints must not be taken for this one's.
            Files.deleteIfExists(data.log(DIRECTORY));
            program = RedisProgram.find();
        } catch (IOException none) {
            throw kind.cannotStart(none.getMessage(), none);
        }
        RedisStore store = new RedisStore(kind, program, port, data);
        try {
            store.start();
            return store;
        } catch (RuntimeException failure) {
            store.close();
            throw failure;
        }
    }

    /** Starts again on the same port, with the data that {@link #stop} saved or, in a kept directory, that was written. */
    public synchronized void start() {
        if (isRunning()) {
            throw new IllegalStateException("Redis runs already");
        }
        try {
            Files.createDirectories(files);
            process = new ProcessBuilder(program.command(options())).redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile())).start();
            awaitAnswer();
            if (!kept) {
                // Loaded; a crash from now on must find nothing.
                Files.deleteIfExists(files.resolve("dump.rdb"));
            }
        } catch (IOException failure) {
            throw kind.cannotStart(String.valueOf(failure.getMessage()), failure);
        }
    }

    /** Starts again on the same port, without any data. */
    public synchronized void startEmpty() {
        if (isRunning()) {
            throw new IllegalStateException("Redis runs already");
        }
        Folders.delete(files);
        start();
    }

    /** Stops in an orderly way and saves all data for the next {@link #start}, in one step: nothing is answered after what is saved. */
    public synchronized void stop() {
        if (isRunning() && !kept) {
            try (Jedis redis = new Jedis("127.0.0.1", port)) {
                redis.shutdown(SaveMode.SAVE);
            }
        }
        end();
    }

    /** Stops like a power failure: at once and without saving. */
    public synchronized void kill() {
        if (isRunning()) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** Hangs: connections stay open, and nothing is answered until {@link #resume}. */
    public synchronized void pause() {
        signal("-STOP");
    }

    public synchronized void resume() {
        if (isRunning()) {
            signal("-CONT");
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException impossible) {
            throw new UncheckedIOException("Cannot signal Redis", impossible);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    public int port() {
        return port;
    }

    @Override
    public String name() {
        return kind.name();
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public boolean embedded() {
        return true;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(RedisKind.URL, RedisKind.url(port));
    }

    @Override
    public synchronized void close() {
        end();
        program.close();
    }

    private List<String> options() {
        return List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", files.toString(), "--save", "",
                "--appendonly", kept ? "yes" : "no", "--appendfsync", "everysec");
    }

    private boolean isRunning() {
        return process != null && process.isAlive();
    }

    private void end() {
        if (!isRunning()) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /** Redis offers no event for "ready", so it is asked; waiting on the process notices its end at once. */
    private void awaitAnswer() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try {
            while (!answers()) {
                if (process.waitFor(PROBE_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw ended();
                }
                if (System.nanoTime() > deadline) {
                    throw kind.cannotStart("no answer after " + START_SECONDS + " s", null);
                }
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw kind.cannotStart("interrupted", hurry);
        }
    }

    private boolean answers() {
        try (Jedis redis = new Jedis("127.0.0.1", port)) {
            redis.ping();
            return true;
        } catch (JedisException notYet) {
            return false;
        }
    }

    private StoreFailure ended() {
        String reason = LogTail.cause(log).orElse("it ended with code " + process.exitValue());
        if (program.bundled() && reason.contains("shared librar")) {
            return new StoreFailure(("The bundled Redis does not run on this system (%s): install redis-server, or name a running "
                    + "Redis with -D%s= (%s).").formatted(reason, RedisKind.URL, Settings.environmentName(RedisKind.URL)));
        }
        return kind.cannotStart(reason, null);
    }
}
