package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.launch.Node;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bodies that have no end, or do not come, on nodes as they are by default: without HTTP/2. They take no memory, and delay nobody. */
@ExtendWith(TwoNodes.class)
@EnabledOnOs(OS.LINUX)
class EndlessBodiesIT {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(4);
    private static final Duration NO_DELAY = Duration.ofSeconds(6);
    private static final int NOTHING_TO_SPEAK_OF = 24 << 20;
    private static final int WHOLE = 60;
    private static final byte[] CHUNK = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.US_ASCII);

    /** Whether somebody reads the body, somebody refuses it, or nobody looks at it. */
    private static final List<String> ASKED = List.of("POST /api/polls/1/votes", "POST /api/auth/login/json", "GET /api/polls", "POST /api/nothing",
            "POST /health/live", "POST /sse/votes", "POST /live", "POST /sdk/stream.js");

    private final Node node;
    private final Login publisher;
    private final SamplePoll poll;

    EndlessBodiesIT(Cluster cluster) {
        node = cluster.node(2);
        publisher = cluster.login("publisher").at(node.baseUri());
        poll = SamplePoll.open(cluster.database());
    }

    @Test
    void bodyOfHttp2ThatDoesNotEndIsNotTaken() {
        long before = Inside.heap(node);
        try (EndlessBody body = EndlessBody.post(node.baseUri(), "/api/topics/public:endless/events")) {
            assertThat(body.sendFor(LONG_ENOUGH)).isLessThan(1 << 20);
            assertThat(Inside.heap(node)).isLessThan(before + NOTHING_TO_SPEAK_OF);
        }
    }

    @Test
    void bodiesInChunksThatDoNotEndAreNotKept() {
        long before = Inside.heap(node);
        List<RawRequest> open = new ArrayList<>();
        try {
            for (String asked : ASKED) {
                RawRequest request = RawRequest.send(node.baseUri(), asked + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n");
                open.add(request);
                Crowd.BESIDE.execute(() -> request.sendUntilClosed(CHUNK));
            }
            Crowd.run(20, i -> {
                long begin = System.nanoTime();
                assertThat(Http.get(node.baseUri(), poll.path()).statusCode()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(NO_DELAY);
            });
            assertThat(open.stream().mapToLong(RawRequest::sent)).allMatch(bytes -> bytes > 2 * CHUNK.length);
            assertThat(Inside.heap(node)).isLessThan(before + NOTHING_TO_SPEAK_OF);
        } finally {
            open.forEach(RawRequest::close);
        }
    }

    /** Nearly all that comes is passed over, so that they become as large as a body may in hours only. */
    @Test
    void bodiesThatAreMostlyExtensionsOfChunksDelayNobody() {
        byte[] chunk = ("1;" + "e".repeat(8_000) + "\r\n{\r\n").getBytes(StandardCharsets.US_ASCII);
        List<RawRequest> open = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                RawRequest request = RawRequest.send(node.baseUri(), RawRequest.head(poll.path() + "/votes", "Transfer-Encoding: chunked\r\n"));
                open.add(request);
                Crowd.BESIDE.execute(() -> request.sendUntilClosed(chunk));
            }
            for (int i = 0; i < 20; i++) {
                long begin = System.nanoTime();
                assertThat(Http.get(node.baseUri(), poll.path()).statusCode()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(NO_DELAY);
            }
            assertThat(open.stream().mapToLong(RawRequest::sent)).allMatch(bytes -> bytes > 2 * chunk.length);
        } finally {
            open.forEach(RawRequest::close);
        }
    }

    /** The server remembers for how long each might have come. */
    @Test
    void bodiesThatHaveComeAreNotKept() {
        long before = Inside.heap(node);
        String body = "x".repeat(1_000_000);
        for (int i = 0; i < WHOLE; i++) {
            try (RawRequest request = RawRequest.send(node.baseUri(), RawRequest.head(poll.path() + "/votes", "Content-Length: " + body.length() + "\r\n"))) {
                assertThat(request.send(body).answerWith("}")).startsWith("HTTP/1.1 400");
            }
        }
        assertThat(Inside.heap(node)).isLessThan(before + NOTHING_TO_SPEAK_OF);
    }

    /** Where HTTP/2 is not spoken a request that would like to change to it is one like any other. */
    @Test
    void halfSentBodiesThatAskForHttp2DelayNobody() {
        try (HalfSentBodies slow = HalfSentBodies.send(node.baseUri(), poll, "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n")) {
            slow.assertDelayNobody();
        }
    }

    @Test
    void clientsThatWouldLikeHttp2GoOnWithHttp11() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(node.baseUri().resolve("/api/topics/public:plain/events"))
                    .header("Authorization", "Bearer " + publisher.token()).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"data\":" + i + '}')).build(), BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }
}
