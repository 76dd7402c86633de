package io.pado.bench;

import io.pado.launch.Node;
import io.pado.launch.NodeOptions;
import io.pado.stores.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pado as it is shipped, on embedded stores of its own; readers listen to the votes, events come in through Redis. Only
 * the limits on how fast one address may connect are off: here all clients have the same address.
 */
final class PadoPeer implements Peer {
    static final String NAME = "pado";

    static final Map<String, String> NO_LIMITS = Map.of("pado.http.most.requests", "0",
            "pado.stream.connects.node", "0", "pado.stream.connects.address", "0");
    private static final String CHANNEL = "vote_updates";
    private static final long INTAKE_SECONDS = 30;
    private static final Pattern GAUGE = Pattern.compile(
            "(?m)^pado_(?:[a-z_]+_)?(?:connections|subscribers)(?:_open)?(?:\\{[^}]*})? ([0-9.E]+)");

    private Stores stores;
    private Node node;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean takesPart(Scenario scenario) {
        return true;
    }

    @Override
    public void start() throws IOException, InterruptedException {
        stores = Stores.forTests();
        Map<String, String> settings = new HashMap<>(stores.settings());
        settings.putAll(NO_LIMITS);
        node = Node.prepare("bench", FreePort.find(), NodeOptions.of(settings));
        node.start();
        awaitIntake();
    }

    @Override
    public long pid() {
        return node.pid();
    }

    @Override
    public Endpoint events() {
        return Endpoint.events(node.port(), reader -> "/sse/votes?client_id=b" + reader, "\"connection_ack\"");
    }

    @Override
    public Endpoint webSocket() {
        String hello = "{\"type\":\"subscribe\",\"topics\":[\"votes\"]}";
        return Endpoint.webSocket(node.port(), "/live", hello, "\"joined\"");
    }

    @Override
    public Publisher publisher() throws IOException {
        URI redis = URI.create(stores.settings().get("pado.redis.url"));
        return new RedisPublisher(redis.getHost(), redis.getPort(), CHANNEL);
    }

    /** The sum of the gauges of connections or subscribers at {@code /metrics}, if there is such a page. */
    @Override
    public OptionalInt connections() throws IOException {
        Optional<String> metrics = HttpText.find(node.port(), "/metrics");
        if (metrics.isEmpty()) {
            return OptionalInt.empty();
        }
        Matcher gauge = GAUGE.matcher(metrics.get());
        double sum = 0;
        boolean found = false;
        while (gauge.find()) {
            sum += Double.parseDouble(gauge.group(1));
            found = true;
        }
        return found ? OptionalInt.of((int) sum) : OptionalInt.empty();
    }

    @Override
    public Optional<Jvm> jvm() {
        return Optional.of(new Jvm(pid()));
    }

    /** The server is ready a moment before it listens to what other programs publish. */
    private void awaitIntake() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(INTAKE_SECONDS);
        try (Publisher publisher = publisher()) {
            List<byte[]> hello = List.of("{\"pollId\":\"hello\"}".getBytes(StandardCharsets.US_ASCII));
            while (publisher.publish(hello) > 0) {
                if (System.nanoTime() > end) {
                    throw new IOException("Pado does not listen on " + CHANNEL + " after " + INTAKE_SECONDS + " s");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    @Override
    public void close() {
        if (node != null) {
            node.close();
        }
        if (stores != null) {
            stores.close();
        }
    }
}
