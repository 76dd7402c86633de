package io.pado.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A primary, its replica, and three Sentinels that watch over them: real ones, of the same program. For tests. */
public final class RedisSentinels implements AutoCloseable {

    private static final String MASTER = "pado";
    private static final int SENTINELS = 3;

    private final RedisPair pair = new RedisPair();
    private final List<Integer> sentinelPorts = new ArrayList<>();

    public RedisSentinels() {
        try {
            for (int i = 0; i < SENTINELS; i++) {
                sentinelPorts.add(startSentinel());
            }
            for (int port : sentinelPorts) {
                RedisPair.await(port, redis -> redis.info("sentinel"), "slaves=1,sentinels=" + SENTINELS);
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
        pair.killPrimary();
    }

    /** @return whether the replica has become the primary */
    public boolean hasFailedOver() {
        return pair.hasFailedOver();
    }

    private int startSentinel() throws IOException {
        int port = Ports.free();
        Path config = Files.createDirectories(pair.files().resolve("sentinel-" + port)).resolve("sentinel.conf");
        Files.writeString(config, String.join("\n", "port " + port, "bind 127.0.0.1", "dir " + config.getParent(),
                "sentinel monitor " + MASTER + " 127.0.0.1 " + pair.primaryPort() + " 2", "sentinel down-after-milliseconds " + MASTER + " 1000",
                "sentinel failover-timeout " + MASTER + " 5000", ""));
        pair.run(List.of(config.toString(), "--sentinel"), config.getParent().resolve("log"));
        return port;
    }

    @Override
    public void close() {
        pair.close();
    }
}
