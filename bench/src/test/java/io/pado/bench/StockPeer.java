package io.pado.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The baseline: the stock JAX-RS broadcaster on the same runtime, published to by POST. */
final class StockPeer implements Peer {
    private static final String SERVER = "stock";
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(120);

    private final Path runtime;
    private final Path bench;
    private LibertyProcess process;
    private int port;

    /** {@code runtime}: Liberty's directory; {@code bench}: this module's, built. */
    StockPeer(Path runtime, Path bench) {
        this.runtime = runtime;
        this.bench = bench;
    }

    @Override
    public String name() {
        return SERVER;
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Path servers = bench.resolve("target/servers");
        Path user = servers.resolve("usr");
        Path config = user.resolve("servers").resolve(SERVER);
        Files.createDirectories(config.resolve("apps"));
        copy(bench.resolve("src/main/liberty/config/server.xml"), config.resolve("server.xml"));
        copy(bench.resolve("target/stock.war"), config.resolve("apps/stock.war"));
        port = FreePort.find();
        process = LibertyProcess.start(runtime, user, servers.resolve("out"), SERVER,
                Map.of("HTTP_PORT", Integer.toString(port)));
        awaitReady();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String path(int reader) {
        return "/events";
    }

    @Override
    public Publisher publisher() {
        return new HttpPublisher(port, "/events");
    }

    @Override
    public OptionalInt connections() throws IOException {
        return OptionalInt.of(Integer.parseInt(HttpText.get(port, "/events/count").trim()));
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.stop();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_NANOS;
        while (true) {
            process.requireAlive();
            try {
                connections();
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw new IOException("the stock server is not ready after 120 s", notYet);
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
