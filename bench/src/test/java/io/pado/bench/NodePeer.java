package io.pado.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One Node.js process: Express for event streams, ws for WebSocket, published to by POST; see {@code bench/run}. */
final class NodePeer implements Peer {
    static final String NAME = "node";

    private static final String PROGRAM = "node";

    private final Path installed;
    private ServerProcess process;
    private int port;

    /** {@code bench}: this module's directory. */
    NodePeer(Path bench) {
        this.installed = installed(bench);
    }

    /** What to do if it cannot be started here; empty if it can. */
    static String missing(Path bench) {
        boolean program = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, PROGRAM)));
        if (!program) {
            return "apt-get install nodejs npm (Node.js 18 or later)";
        }
        return Files.isDirectory(installed(bench).resolve("node_modules")) ? ""
                : "run bench/run without --no-build, and see what npm says";
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean takesPart(Scenario scenario) {
        return scenario != Scenario.PUBLISH;
    }

    @Override
    public void start() throws IOException, InterruptedException {
        port = FreePort.find();
        process = ServerProcess.start(List.of(PROGRAM, installed.resolve("server.js").toString()),
                Map.of("PORT", Integer.toString(port), "NODE_ENV", "production"), installed.resolve("node.log"));
        process.awaitAnswer(port, "/count");
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Endpoint events() {
        return Endpoint.events(port, reader -> "/events", "");
    }

    @Override
    public Endpoint webSocket() {
        return Endpoint.webSocket(port, "/socket", "", "");
    }

    @Override
    public Publisher publisher() {
        return new HttpPublisher(port, "/publish");
    }

    @Override
    public OptionalInt connections() throws IOException {
        return OptionalInt.of(Integer.parseInt(HttpText.get(port, "/count")));
    }

    @Override
    public Optional<Jvm> jvm() {
        return Optional.empty();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.stop();
        }
    }

    private static Path installed(Path bench) {
        return bench.resolve("target/node");
    }
}
