package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A client of the feed, or of another stream with greetings, that comes back, to the next node, with the last id that it had, until it is closed. Thread-safe. */
final class FeedReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long BACK_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** The tests' own contents have nothing that JSON would escape. */
    private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();

    private final List<URI> nodes;
    private final String path;
    private final Login login;
    private final Queue<SseEvent> events = new ConcurrentLinkedQueue<>();
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final Set<String> contents = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Thread reading = new Thread(this::run, "feed-reader");
    private volatile boolean closed;
    private volatile InputStream body;
    private volatile String lastId = "";

    /** @param nanos when it came */
    private record Message(String content, long nanos) {
    }

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

    /** Everything so far, but greetings and messages, in the order in which it came. */
    List<SseEvent> named(String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    List<SseEvent> events() {
        return List.copyOf(events);
    }

    /** Contents of the messages so far. */
    List<String> contents() {
        return messages.stream().map(Message::content).toList();
    }

    /** The same, since a time of {@link System#nanoTime}. */
    List<String> contentsSince(long nanos) {
        return messages.stream().filter(message -> message.nanos() - nanos >= 0).map(Message::content).toList();
    }

    /** For how long it heard nothing, at most, between two messages that begin so. */
    long silenceMillis(String prefix) {
        long[] times = times(prefix).toArray();
        return TimeUnit.NANOSECONDS.toMillis(IntStream.range(1, times.length).mapToLong(i -> times[i] - times[i - 1]).max().orElse(0));
    }

    /** When the last message came that begins so, {@link System#nanoTime}. */
    long lastNanos(String prefix) {
        return times(prefix).max().orElseThrow();
    }

    private LongStream times(String prefix) {
        return messages.stream().filter(message -> message.content().startsWith(prefix)).mapToLong(Message::nanos);
    }

    /** Waits for a message. */
    void awaitContent(String content) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> contents.contains(content));
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

    private void add(SseEvent event) {
        if (event.name().equals("message")) {
            // Of thousands: so much faster than as JSON that the reader does not slow down what it looks at.
            Matcher content = CONTENT.matcher(event.data());
            assertThat(content.find()).isTrue();
            messages.add(new Message(content.group(1), event.nanos()));
            contents.add(content.group(1));
        } else if (!event.name().equals("connected")) {
            events.add(event);
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
                add(new SseEvent(id, name, line.substring(6), System.nanoTime()));
                lastId = id.isEmpty() ? lastId : id;
                id = "";
                name = "";
            }
        }
    }
}
