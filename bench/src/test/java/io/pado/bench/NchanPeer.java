package io.pado.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** nginx with the module nchan as Debian ships them: one process, one channel, published to by POST. */
final class NchanPeer implements Peer {
    static final String NAME = "nchan";

    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");
    private static final Pattern SUBSCRIBERS = Pattern.compile("(?m)^subscribers: ([0-9]+)");

    private final Path bench;
    private ServerProcess process;
    private int port;

    /** {@code bench}: this module's directory. */
    NchanPeer(Path bench) {
        this.bench = bench;
    }

    /** What to do if it cannot be started here; empty if it can. */
    static String missing() {
        boolean here = Stream.of(PROGRAM, MODULE).allMatch(Files::exists);
        return here ? "" : "apt-get install nginx-light libnginx-mod-nchan";
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
        Path directory = Files.createDirectories(bench.resolve("target/nchan"));
        port = FreePort.find();
        String config = Files.readString(bench.resolve("src/peers/nchan/nginx.conf"))
                .replace("${module}", MODULE.toString()).replace("${port}", Integer.toString(port));
        Path file = Files.writeString(directory.resolve("nginx.conf"), config);
        // -e: where errors go before the configuration is read; otherwise a file of the system's nginx.
        List<String> line = List.of(PROGRAM.toString(), "-p", directory.toString(), "-c", file.toString(),
                "-e", "stderr");
        process = ServerProcess.start(line, Map.of(), directory.resolve("nginx.log"));
        process.awaitAnswer(port, "/status");
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
        Matcher subscribers = SUBSCRIBERS.matcher(HttpText.get(port, "/status"));
        return subscribers.find() ? OptionalInt.of(Integer.parseInt(subscribers.group(1))) : OptionalInt.empty();
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
}
