package io.pado.bench;

import io.pado.launch.Node;
import io.pado.launch.NodeOptions;
import io.pado.stores.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pado as it is shipped, on embedded stores of its own; readers listen to the votes, events come in through Redis. */
final class PadoPeer implements Peer {
    private static final String CHANNEL = "vote_updates";
    private static final long INTAKE_SECONDS = 30;
    private static final Pattern GAUGE = Pattern.compile(
            "(?m)^pado_(?:[a-z_]+_)?(?:connections|subscribers)(?:_open)?(?:\\{[^}]*})? ([0-9.E]+)");

    private Stores stores;
    private Node node;

    @Override
    public String name() {
        return "pado";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        stores = Stores.forTests();
        node = Node.prepare("bench", FreePort.find(), NodeOptions.of(stores.settings()));
        node.start();
        awaitIntake();
    }

    @Override
    public long pid() {
        return node.pid();
    }

    @Override
    public int port() {
        return node.port();
    }

    @Override
    public String path(int reader) {
        return "/sse/votes?client_id=b" + reader;
    }

    @Override
    public Publisher publisher() throws IOException {
        URI redis = URI.create(stores.settings().get("pado.redis.url"));
        return new RedisPublisher(redis.getHost(), redis.getPort(), CHANNEL);
    }

    /** The sum of the gauges of connections or subscribers at {@code /metrics}, if there is such a page. */
    @Override
    public OptionalInt connections() throws IOException {
        Optional<String> metrics = HttpText.find(port(), "/metrics");
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

    /** The server is ready a moment before it listens to what other programs publish. */
    private void awaitIntake() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(INTAKE_SECONDS);
        try (Publisher publisher = publisher()) {
            while (!publisher.publish("{\"pollId\":\"hello\"}".getBytes(StandardCharsets.US_ASCII))) {
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
