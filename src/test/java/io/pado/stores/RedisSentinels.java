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
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A primary, its replica, and three Sentinels that watch over them: real ones, of the same program. For tests. */
public final class RedisSentinels implements AutoCloseable {

    private static final String MASTER = "pado";
    private static final int SENTINELS = 3;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final RedisProgram program;
    private final Path files;
    private final int primaryPort = Ports.free();
    private final int replicaPort = Ports.free();
    private final List<Integer> sentinelPorts = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    public RedisSentinels() {
        try {
            program = RedisProgram.find();
            files = Files.createTempDirectory("pado-sentinels-");
            start("primary", "--port", Integer.toString(primaryPort));
            await(primaryPort, Jedis::ping, "PONG");
            start("replica", "--port", Integer.toString(replicaPort), "--replicaof", "127.0.0.1", Integer.toString(primaryPort));
            await(replicaPort, redis -> redis.info("replication"), "master_link_status:up");
            for (int i = 0; i < SENTINELS; i++) {
                sentinelPorts.add(startSentinel());
            }
            for (int port : sentinelPorts) {
                await(port, redis -> redis.info("sentinel"), "slaves=1,sentinels=" + SENTINELS);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @return for {@code pado.redis.url} */
    public String url() {
        return sentinelPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",", "redis-sentinel://", "#" + MASTER));
    }

    /** Ends the primary like a power failure. */
    public void killPrimary() {
        processes.get(0).destroyForcibly();
        processes.get(0).onExit().join();
    }

    /** @return whether the replica has become the primary */
    public boolean hasFailedOver() {
        try (Jedis redis = new Jedis("127.0.0.1", replicaPort)) {
            return redis.info("replication").contains("role:master");
        }
    }

    private int startSentinel() throws IOException {
        int port = Ports.free();
        Path config = Files.createDirectories(files.resolve("sentinel-" + port)).resolve("sentinel.conf");
        Files.writeString(config, String.join("\n", "port " + port, "bind 127.0.0.1", "dir " + config.getParent(),
                "sentinel monitor " + MASTER + " 127.0.0.1 " + primaryPort + " 2", "sentinel down-after-milliseconds " + MASTER + " 1000",
                "sentinel failover-timeout " + MASTER + " 5000", ""));
        run(List.of(config.toString(), "--sentinel"), config.getParent().resolve("log"));
        return port;
    }

    private void start(String name, String... options) throws IOException {
        Path directory = Files.createDirectories(files.resolve(name));
        List<String> all = new ArrayList<>(List.of("--bind", "127.0.0.1", "--dir", directory.toString(), "--save", "", "--appendonly", "no",
                "--repl-diskless-sync-delay", "0"));
        Collections.addAll(all, options);
        run(all, directory.resolve("log"));
    }

    private void run(List<String> options, Path log) throws IOException {
        processes.add(new ProcessBuilder(program.command(options)).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()))
                .start());
    }

    private interface Question {

        String ask(Jedis redis);
    }

    /** Redis offers no event for this, so it is asked. */
    private static void await(int port, Question question, String wanted) {
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
