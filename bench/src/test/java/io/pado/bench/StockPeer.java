package io.pado.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The baseline: the stock JAX-RS broadcaster on the same runtime, published to by POST. It has event streams only. */
final class StockPeer implements Peer {
    static final String NAME = "stock";
    /** Without those in which it would stand still: a stalled reader holds up its POSTs until the write times out. */
    private static final Set<Scenario> PART = Set.of(Scenario.FAN10, Scenario.FAN50, Scenario.IDLE, Scenario.VANISH,
            Scenario.WIDE, Scenario.CONNECTS);
    private static final int NEW_OPTIONS_SINCE = 24;

    private final Path runtime;
    private final Path bench;
    private ServerProcess process;
    private int port;

    /** {@code runtime}: Liberty's directory; {@code bench}: this module's, built. */
    StockPeer(Path runtime, Path bench) {
        this.runtime = runtime;
        this.bench = bench;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean takesPart(Scenario scenario) {
        return PART.contains(scenario);
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Path servers = bench.resolve("target/servers");
        Path user = servers.resolve("usr");
        Path output = servers.resolve("out");
        Path config = user.resolve("servers").resolve(NAME);
        Files.createDirectories(config.resolve("apps"));
        copy(bench.resolve("src/main/liberty/config/server.xml"), config.resolve("server.xml"));
        copy(bench.resolve("target/stock.war"), config.resolve("apps/stock.war"));
        port = FreePort.find();
        Map<String, String> settings = Map.of("HTTP_PORT", Integer.toString(port), "WLP_USER_DIR", user.toString(),
                "WLP_OUTPUT_DIR", output.toString());
        process = ServerProcess.start(line(), settings, output.resolve("console.log"));
        process.awaitAnswer(port, "/events/count");
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Endpoint events() {
        return Endpoint.events(port, reader -> "/events", "connected");
    }

    @Override
    public Endpoint webSocket() {
        throw new UnsupportedOperationException("the stock server has no WebSocket");
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
    public Optional<Jvm> jvm() {
        return Optional.of(new Jvm(pid()));
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.stop();
        }
    }

    /** What Liberty's own script would start. */
    private List<String> line() throws IOException {
        String options = Runtime.version().feature() >= NEW_OPTIONS_SINCE ? "java24.options" : "java9.options";
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Files.readAllLines(runtime.resolve("lib/platform/java").resolve(options)).stream().map(String::trim)
                .filter(option -> !option.isEmpty() && !option.startsWith("#")).forEach(line::add);
        line.add("-javaagent:" + runtime.resolve("bin/tools/ws-javaagent.jar"));
        line.add("-jar");
        line.add(runtime.resolve("bin/tools/ws-server.jar").toString());
        line.add(NAME);
        return line;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
