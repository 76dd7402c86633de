package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests of many clients whose bodies were announced and begun, and do not end. Some are waited for; at the body of others nobody looks. */
final class HalfSentBodies implements AutoCloseable {

    private static final int COUNT = 1_000;
    private static final Duration ANSWERED = Duration.ofSeconds(15);
    private static final Duration NO_DELAY = Duration.ofSeconds(6);
    /** The first is a vote. */
    private static final List<String> ASKED = List.of("POST /api/polls/1/votes", "GET /api/polls", "POST /sse/votes", "POST /live", "POST /health/live",
            "POST /sdk/stream.js", "GET /chat/");

    private final URI node;
    private final SamplePoll poll;
    private final List<RawRequest> requests = new ArrayList<>();

    private HalfSentBodies(URI node, SamplePoll poll) {
        this.node = node;
        this.poll = poll;
    }

    /** @param more headers, each with its line's end */
    static HalfSentBodies send(URI node, SamplePoll poll, String more) {
        HalfSentBodies bodies = new HalfSentBodies(node, poll);
        try {
            for (int i = 0; i < COUNT; i++) {
                String asked = ASKED.get(i % ASKED.size()).replace("/api/polls/1", poll.path());
                bodies.requests.add(RawRequest.send(node, asked + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + more
                        + "Content-Length: 1000\r\n\r\n{"));
            }
            return bodies;
        } catch (RuntimeException failure) {
            bodies.close();
            throw failure;
        }
    }

    /** Whoever comes now is answered as if they were not there. */
    void assertDelayNobody() {
        // Those that are not waited for are answered first.
        await().atMost(ANSWERED).until(() -> Http.get(node, "/health/live").statusCode() == 200);
        for (String path : List.of(poll.path(), "/health/live", "/api/polls", "/chat/")) {
            assertNoDelay(() -> assertThat(Http.get(node, path).statusCode()).as(path).isEqualTo(200));
        }
        assertNoDelay(() -> Login.of(node, "user1"));
        assertNoDelay(() -> Http.vote(node, poll, 0, "meanwhile"));
    }

    private static void assertNoDelay(Runnable request) {
        long before = System.nanoTime();
        request.run();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(NO_DELAY);
    }

    /** @return one of the votes */
    RawRequest vote() {
        return requests.get(0);
    }

    @Override
    public void close() {
        requests.forEach(RawRequest::close);
    }
}
