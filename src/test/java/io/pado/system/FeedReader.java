package io.pado.system;

import static org.awaitility.Awaitility.await;

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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A client of the feed, or of another stream with greetings, that comes back, to the next node, with the last id that it had, until it is closed. Thread-safe. */
final class FeedReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long BACK_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();

    private final List<URI> nodes;
    private final String path;
    private final Login login;
    private final List<SseEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Thread reading = new Thread(this::run, "feed-reader");
    private volatile boolean closed;
    private volatile InputStream body;
    private volatile String lastId = "";

    private FeedReader(List<URI> nodes, String path, Login login) {
        this.nodes = nodes;
        this.path = path;
        this.login = login;
    }

    /** Returns once it listens. @param nodes where it goes, one after the other */
    static FeedReader open(Login login, URI... nodes) {
        return open(login, "/api/realtime/stream", List.of(nodes));
    }

    /** The same of another stream. @param nodes may change meanwhile, if it is safe for threads */
    static FeedReader open(Login login, String path, List<URI> nodes) {
        FeedReader reader = new FeedReader(nodes, path, login);
        reader.reading.setDaemon(true);
        reader.reading.start();
        await().atMost(PATIENCE).until(() -> !reader.lastId.isEmpty());
        return reader;
    }

    /** Everything so far, but greetings, in the order in which it came. */
    List<SseEvent> named(String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    List<SseEvent> events() {
        return List.copyOf(events);
    }

    /** Contents of the messages so far. */
    List<String> contents() {
        return named("message").stream().map(event -> event.json().getString("content")).toList();
    }

    /** Waits for a message. */
    void awaitContent(String content) {
        String wanted = "\"content\":\"" + content + '"';
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> events.stream().anyMatch(event -> event.data().contains(wanted)));
    }

    @Override
    public void close() {
        closed = true;
        try (InputStream open = body) {
            reading.interrupt();
            assert open != null;
        } catch (IOException gone) {
            // It was to end anyway.
        }
    }

    private void run() {
        for (int i = 0; !closed; i++) {
            try {
                listen(nodes.get(i % nodes.size()));
            } catch (IOException gone) {
                LockSupport.parkNanos(BACK_AFTER_NANOS);
            } catch (InterruptedException ending) {
                closed = true;
            }
        }
    }

    private void listen(URI node) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.resolve(path)).timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + login.token());
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> answer = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        body = answer.body();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            if (answer.statusCode() != 200) {
                throw new IOException("answered with " + answer.statusCode());
            }
            connections.incrementAndGet();
            read(lines);
        }
    }

    private void read(BufferedReader lines) throws IOException {
        String id = "";
        String name = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                if (!name.equals("connected")) {
                    events.add(new SseEvent(id, name, line.substring(6), System.nanoTime()));
                }
                lastId = id.isEmpty() ? lastId : id;
                id = "";
                name = "";
            }
        }
    }
}
