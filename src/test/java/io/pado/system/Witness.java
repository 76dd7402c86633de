package io.pado.system;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A reader of some topics that must get every event once, in order, whatever happens to it: it leaves and comes back with its last id,
 * to any node, and stops reading for a while now and then. What it got wrong is in {@link #faults}.
 */
final class Witness implements Runnable {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private static final long BACK_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String name;
    private final String query;
    private final Supplier<List<URI>> nodes;
    private final Random random;
    private final int restlessness;
    private final Map<String, Integer> next = new ConcurrentHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile String lastId = "";
    private volatile boolean stopped;

    /**
     * @param nodes        those that can be asked now
     * @param random       decides when to leave and when to rest
     * @param restlessness leaves after one of so many events, and rests after one of so many; 0 for never
     */
    Witness(String name, List<String> topics, Supplier<List<URI>> nodes, Random random, int restlessness) {
        this.name = name;
        this.query = "/api/stream?topic=" + String.join("&topic=", topics);
        this.nodes = nodes;
        this.random = random;
        this.restlessness = restlessness;
    }

    @Override
    public void run() {
        while (!stopped) {
            List<URI> now = nodes.get();
            URI node = now.get(random.nextInt(now.size()));
            try {
                listen(node);
            } catch (IOException gone) {
                LockSupport.parkNanos(BACK_AFTER_NANOS);
            }
        }
    }

    void stop() {
        stopped = true;
    }

    /** @return how many events of the topic it got */
    int got(String topic) {
        return next.getOrDefault(topic, 0);
    }

    int connections() {
        return connections.get();
    }

    boolean begun() {
        return !lastId.isEmpty();
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public String toString() {
        return name + " after " + lastId + " with " + next;
    }

    private void listen(URI node) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.resolve(query)).timeout(Duration.ofSeconds(10));
        if (begun()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> answer;
        try {
            answer = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException hurry) {
            throw new IOException(hurry);
        }
        try (InputStream body = answer.body(); BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            if (answer.statusCode() != 200) {
                throw new IOException("answered with " + answer.statusCode());
            }
            connections.incrementAndGet();
            read(lines);
        }
    }

    /** Ends when the stream does, or when it is bored of it. */
    private void read(BufferedReader lines) throws IOException {
        String id = "";
        for (String line = lines.readLine(); line != null && !stopped; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                hear(id, Http.json(line.substring(6)));
                id = "";
                if (restlessness > 0 && random.nextInt(restlessness) == 0) {
                    return;
                }
                if (restlessness > 0 && random.nextInt(restlessness) == 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500)));
                }
            }
        }
    }

    private synchronized void hear(String id, JsonObject event) {
        String type = event.getString("type");
        if (type.equals("event")) {
            int number = event.getJsonObject("data").getInt("n");
            int expected = next.merge(event.getString("topic"), 1, Integer::sum) - 1;
            if (number != expected) {
                faults.add(name + " got " + number + " of " + event.getString("topic") + " where " + expected + " was next, after " + lastId);
                next.put(event.getString("topic"), number + 1);
            }
            if (sequence(id) <= sequence(lastId)) {
                faults.add(name + " got " + id + " after " + lastId);
            }
        } else if (type.equals("reset")) {
            faults.add(name + " was told " + event + " after " + lastId);
        }
        if (!id.isEmpty()) {
            lastId = id;
        }
    }

    private static long sequence(String id) {
        return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
    }
}
