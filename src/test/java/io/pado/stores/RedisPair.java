package io.pado.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A primary and its replica: real ones, of the same program. For tests. */
public final class RedisPair implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final RedisProgram program;
    private final Path files;
    private final int primaryPort = Ports.free();
    private final int replicaPort = Ports.free();
    private final List<Process> processes = new ArrayList<>();

    public RedisPair() {
        try {
            program = RedisProgram.find();
            files = Files.createTempDirectory("pado-redis-");
            start("primary", "--port", Integer.toString(primaryPort));
            await(primaryPort, Jedis::ping, "PONG");
            start("replica", "--port", Integer.toString(replicaPort), "--replicaof", "127.0.0.1", Integer.toString(primaryPort));
            await(replicaPort, redis -> redis.info("replication"), "master_link_status:up");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int primaryPort() {
        return primaryPort;
    }

    public int replicaPort() {
        return replicaPort;
    }

    /** Where its programs may keep files. */
    Path files() {
        return files;
    }

    /** Ends the primary like a power failure. */
    public void killPrimary() {
        processes.get(0).destroyForcibly();
        processes.get(0).onExit().join();
    }

    /** Makes the replica the primary, and the primary its replica, as an operator does who wants to restart the old one. */
    public void exchange() {
        try (Jedis replica = new Jedis("127.0.0.1", replicaPort); Jedis primary = new Jedis("127.0.0.1", primaryPort)) {
            replica.replicaofNoOne();
            primary.replicaof("127.0.0.1", replicaPort);
        }
    }

    /** @return whether the replica has become the primary */
    public boolean hasFailedOver() {
        try (Jedis redis = new Jedis("127.0.0.1", replicaPort)) {
            return redis.info("replication").contains("role:master");
        }
    }

    private void start(String name, String... options) throws IOException {
        Path directory = Files.createDirectories(files.resolve(name));
        List<String> all = new ArrayList<>(List.of("--bind", "127.0.0.1", "--dir", directory.toString(), "--save", "", "--appendonly", "no",
                "--repl-diskless-sync-delay", "0"));
        Collections.addAll(all, options);
        run(all, directory.resolve("log"));
    }

    /** Starts one more of the same program, which ends with these. */
    void run(List<String> options, Path log) throws IOException {
        processes.add(new ProcessBuilder(program.command(options)).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()))
                .start());
    }

    interface Question {

        String ask(Jedis redis);
    }

    /** Redis offers no event for this, so it is asked. */
    static void await(int port, Question question, String wanted) {
        Awaitility.await("port " + port + " says " + wanted).atMost(DEADLINE).ignoreExceptionsInstanceOf(JedisException.class).until(() -> {
            try (Jedis redis = new Jedis("127.0.0.1", port)) {
                return question.ask(redis).contains(wanted);
            }
        });
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        Folders.delete(files);
        program.close();
    }
}
