package io.pado.system;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A reader of one SSE stream. Its own thread collects what comes in until the stream ends or is closed; tests look at what there
 * is, or wait for something with a deadline. Thread-safe.
 */
final class Stream implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final int LARGE = 64 * 1024;

    private final HttpResponse<InputStream> response;
    private final List<SseEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final AtomicInteger empty = new AtomicInteger();
    private final List<String> retries = new CopyOnWriteArrayList<>();
    private final Thread reading;

    private Stream(HttpResponse<InputStream> response) {
        this.response = response;
        this.reading = new Thread(this::read, "stream-reader");
        reading.setDaemon(true);
        reading.start();
    }

    static Stream open(URI base, String path) {
        return open(base, path, "");
    }

    /** Opens as a client that had this event last, by the header. */
    static Stream open(URI base, String path, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).header("Accept", "text/event-stream")
                .timeout(DEADLINE);
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> response = Http.send(request.build(), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " was answered with " + response.statusCode());
        }
        return new Stream(response);
    }

    static Stream ofVotes(URI base) {
        return open(base, "/sse/votes?client_id=reader").greeted();
    }

    static Stream ofVotes(URI base, String lastEventId) {
        return open(base, "/sse/votes?client_id=reader", lastEventId).greeted();
    }

    /** Returns once the first event is there: from then on nothing can be missed. */
    Stream greeted() {
        first(event -> event.is("connection_ack"));
        return this;
    }

    HttpResponse<?> response() {
        return response;
    }

    /** Everything so far, the greeting first. */
    List<SseEvent> events() {
        return List.copyOf(events);
    }

    List<SseEvent> events(Predicate<SseEvent> wanted) {
        return events.stream().filter(wanted).toList();
    }

    /** Ids of what came after the greeting. */
    List<String> ids() {
        return events.stream().filter(event -> !event.id().isEmpty() && !event.is("connection_ack")).map(SseEvent::id).toList();
    }

    /** What a browser would send as {@code Last-Event-ID}. */
    String lastEventId() {
        List<String> ids = events.stream().map(SseEvent::id).filter(id -> !id.isEmpty()).toList();
        return ids.get(ids.size() - 1);
    }

    /** How many large events there are; cheap, since it parses none. */
    int large() {
        return events(event -> event.data().length() > LARGE).size();
    }

    List<String> comments() {
        return List.copyOf(comments);
    }

    /** Empty lines that end no event. */
    int emptyEvents() {
        return empty.get();
    }

    List<String> retries() {
        return List.copyOf(retries);
    }

    boolean ended() {
        return !reading.isAlive();
    }

    /** Waits for the first event that is wanted, from the beginning of the stream. */
    SseEvent first(Predicate<SseEvent> wanted) {
        return await().atMost(DEADLINE).pollInterval(POLL).pollDelay(Duration.ZERO)
                .until(() -> events(wanted), found -> !found.isEmpty()).get(0);
    }

    /** Waits until so many are there. */
    List<SseEvent> several(int count, Predicate<SseEvent> wanted) {
        return await().atMost(DEADLINE).pollInterval(POLL).until(() -> events(wanted), found -> found.size() >= count);
    }

    /** Waits for a heartbeat that was sent after now. */
    void awaitAnotherComment() {
        int before = comments.size();
        await().atMost(DEADLINE).pollInterval(POLL).until(() -> comments.size() > before);
    }

    /** Ends the connection; nothing more is collected after that. */
    @Override
    public void close() {
        try {
            response.body().close();
            reading.join(DEADLINE.toMillis());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            Frame frame = new Frame();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    frame.end();
                    frame = new Frame();
                } else {
                    frame.line(line);
                }
            }
        } catch (IOException cut) {
            // However a stream ends, what came before counts and an unfinished frame does not.
        }
    }

    private final class Frame {

        private final StringBuilder data = new StringBuilder();
        private String id = "";
        private String name = "";

        void line(String line) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (field) {
                case "" -> comments.add(value);
                case "id" -> id = value;
                case "event" -> name = value;
                case "retry" -> retries.add(value);
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                default -> throw new IllegalStateException("Not a line of SSE: " + line);
            }
        }

        void end() {
            if (data.isEmpty()) {
                empty.incrementAndGet();
            } else {
                events.add(new SseEvent(id, name, data.toString(), System.nanoTime()));
            }
        }
    }
}
