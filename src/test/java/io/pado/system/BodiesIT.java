package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import io.pado.stores.LogTail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are not as they should be, and streams of HTTP/2 that are reset, on a node that waits and holds little. */
@ExtendWith(TwoNodes.class)
@TestInstance(Lifecycle.PER_CLASS)
class BodiesIT {

    private static final int HASTY = 1_000;
    private static final int OF_ADDRESS = 250_000;
    private static final int HELD = 4 * OF_ADDRESS;
    /** It takes as much in memory, or up to twice as much: one fits into the share of an address, three do not. */
    private static final String PART = " ".repeat(OF_ADDRESS * 2 / 5);
    private static final int STREAMS = 12;
    /** Each thread of the container may keep the last request that it served, and the stream that was in its answer. */
    private static final long KEPT = 8;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Pattern OUR_FAULT = Pattern.compile("ERROR|SEVERE|WELD-|SRVE\\d+[EW]|\\[err\\]");

    private final Cluster cluster;
    private final SamplePoll poll;
    private final Login publisher;
    private Node node;
    private long started;

    BodiesIT(Cluster cluster) {
        this.cluster = cluster;
        poll = SamplePoll.open(cluster.database());
        publisher = cluster.login("publisher");
    }

    @BeforeAll
    void start() {
        node = cluster.another("bodies", Map.of("pado.http.body.seconds", "8", "pado.http.most.unfinished", Integer.toString(HELD),
                "pado.http.most.unfinished.address", Integer.toString(OF_ADDRESS), "pado.stream.most.address", Integer.toString(STREAMS),
                "pado.http.protocol", "http/2"));
        started = node.logFile().toFile().length();
    }

    /** What the server says of connections that were closed it says later. */
    @AfterAll
    void stop() {
        try (Node ending = node) {
            assertThat(LogTail.find(ending.logFile(), started, OUR_FAULT)).isEmpty();
        }
    }

    @Test
    void expectationThatNobodyKnowsIs417() {
        try (RawRequest request = RawRequest.send(node.baseUri(), RawRequest.head(poll.path() + "/votes", "Expect: 200-ok\r\nContent-Length: 2\r\n")
                + "{}")) {
            assertThat(request.answerWith("}")).startsWith("HTTP/1.1 417").contains("urn:pado:problem:expectation");
        }
    }

    @Test
    void bodyThatComesInPiecesIsTakenFromItsCaller() {
        String path = "/api/topics/public:pieces/events";
        String caller = "Authorization: Bearer " + publisher.token() + "\r\n";
        try (RawRequest request = RawRequest.send(node.baseUri(), RawRequest.head(path, caller + "Content-Length: 10\r\n"))) {
            request.send("{\"da").send("ta\":1}");
            assertThat(request.answerWith("\r\n\r\n")).startsWith("HTTP/1.1 201");
            request.send(RawRequest.head(path, caller + "Transfer-Encoding: chunked\r\n")).send("4\r\n{\"da\r\n").send("6\r\nta\":2}\r\n0\r\n\r\n");
            assertThat(request.answerWith("\r\n\r\n")).contains("HTTP/1.1 201");
        }
    }

    /** The server decodes the address of a request that goes on. */
    @Test
    void addressOfARequestWhoseBodyComesLaterStaysAsItWasSent() {
        String path = "/api/topics/public%3Apieces%2525/events?note=%3Ca%20b%26c%25%3E&n=%ED%8C%8C";
        String caller = "Authorization: Bearer " + publisher.token() + "\r\n";
        try (RawRequest late = RawRequest.send(node.baseUri(), RawRequest.head(path, caller + "Content-Length: 10\r\n"));
                RawRequest atOnce = RawRequest.send(node.baseUri(), RawRequest.head(path, caller + "Content-Length: 10\r\n") + "{\"data\":1}")) {
            late.send("{\"da").send("ta\":1}");
            String answer = late.answerWith("}");
            assertThat(answer).startsWith("HTTP/1.1 400").contains("public%3Apieces%2525");
            assertThat(rest(answer)).isEqualTo(rest(atOnce.answerWith("}")));
        }
        String right = "/api/topics/public%3Apieces/events?note=%3Ca%20b%26c%25%3E";
        try (RawRequest late = RawRequest.send(node.baseUri(), RawRequest.head(right, caller + "Content-Length: 10\r\n"))) {
            late.send("{\"da").send("ta\":1}");
            assertThat(late.answerWith("\r\n\r\n")).startsWith("HTTP/1.1 201");
        }
    }

    /** Where such a request goes on, the server found nothing at these, and failed. */
    @ParameterizedTest
    @ValueSource(strings = {"POST /api/polls/%25/votes", "PUT /api/settings/100%25", "POST /api/polls/%25/close", "POST /api/friends/requests/%ff/accept",
        "POST /api/polls/1%252fvotes", "POST /api/chat/rooms/50%25/messages", "POST /api/polls/1/votes?x=%2F%2e%2e%5c%23%01/../.."})
    void anyPathOfARequestWhoseBodyComesLaterIsAnsweredAsAtOnce(String asked) {
        String head = RawRequest.head(asked.substring(asked.indexOf(' ') + 1), "Authorization: Bearer " + publisher.token() + "\r\nContent-Length: 2\r\n")
                .replaceFirst("POST", asked.substring(0, asked.indexOf(' ')));
        try (RawRequest late = RawRequest.send(node.baseUri(), head); RawRequest atOnce = RawRequest.send(node.baseUri(), head + "{}")) {
            String wanted = atOnce.answerWith("]}");
            assertThat(wanted).startsWith("HTTP/1.1 4");
            assertThat(rest(late.send("{}").answerWith("]}"))).isEqualTo(rest(wanted));
        }
    }

    private static String rest(String answer) {
        return answer.substring(answer.indexOf('{'));
    }

    /** The server remembers on its threads what it knows of requests; one that goes on must not be taken for another. */
    @Test
    void bodiesRightBehindTheirHeadsStayWithTheirRequests() {
        Crowd.run(HASTY, i -> {
            String vote = poll.vote(0, "hasty-" + i);
            boolean whole = i % 2 == 0;
            String body = whole ? Integer.toHexString(vote.length()) + "\r\n" + vote + "\r\n0\r\n\r\n" : "zz\r\n{}\r\n0\r\n\r\n";
            try (RawRequest request = RawRequest.send(node.baseUri(),
                    RawRequest.head(poll.path() + "/votes?hasty=" + i, "Transfer-Encoding: chunked\r\n") + body)) {
                assertThat(request.answerWith("}")).startsWith(whole ? "HTTP/1.1 200" : "HTTP/1.1 400").contains("}");
            }
        });
    }

    @Test
    void halfSentBodiesDelayNobodyAndEndInTime() {
        long said = node.logFile().toFile().length();
        try (HalfSentBodies slow = HalfSentBodies.send(node.baseUri(), poll, "")) {
            slow.assertDelayNobody();
            assertThat(slow.vote().answerWith("}")).startsWith("HTTP/1.1 408").contains("urn:pado:problem:slow-body", "Connection: close")
                    .containsIgnoringCase("close");
        }
        assertThat(LogTail.find(node.logFile(), said, OUR_FAULT)).isEmpty();
    }

    @Test
    void bodyThatBreaksOffOrIsNoneIsNoFaultOfOurs() {
        long said = node.logFile().toFile().length();
        for (int i = 0; i < 20; i++) {
            RawRequest.send(node.baseUri(), RawRequest.head(poll.path() + "/votes", "Content-Length: 1000\r\n") + "{").close();
        }
        try (RawRequest request = RawRequest.send(node.baseUri(), RawRequest.head(poll.path() + "/votes", "Transfer-Encoding: chunked\r\n")
                + "zz\r\n{}\r\n0\r\n\r\n")) {
            assertThat(request.answerWith("}")).startsWith("HTTP/1.1 400").contains("urn:pado:problem:broken-body");
        }
        Http.vote(node.baseUri(), poll, 0, "after-broken");
        assertThat(LogTail.find(node.logFile(), said, OUR_FAULT)).isEmpty();
    }

    @Test
    void addressThatHoldsItsShareIsRefusedAndAnotherGoesOn() {
        String vote = poll.vote(0, "another-address");
        List<RawRequest> crowd = new ArrayList<>();
        try (RawRequest other = unfinished("127.0.0.2", PART.length() + vote.length())) {
            for (int i = 0; i < 3; i++) {
                crowd.add(unfinished("127.0.0.1", 1_000_000));
            }
            assertThat(firstAnswer(crowd)).startsWith("HTTP/1.1 503").contains("Retry-After:");
            assertThat(other.send(vote).answerWith("}")).startsWith("HTTP/1.1 200");
        } finally {
            crowd.forEach(RawRequest::close);
        }
        awaitVote("of-the-same-address");
    }

    @Test
    void unfinishedBodiesHoldSoMuchAndNoMore() {
        List<RawRequest> crowd = new ArrayList<>();
        try {
            for (int i = 0; i <= HELD / PART.length(); i++) {
                crowd.add(unfinished("127.0.0." + (11 + i), 1_000_000));
            }
            assertThat(firstAnswer(crowd)).startsWith("HTTP/1.1 503").contains("Retry-After:");
        } finally {
            crowd.forEach(RawRequest::close);
        }
        awaitVote("after-the-crowd");
    }

    /** @return a vote of which a part has been sent */
    private RawRequest unfinished(String from, int length) {
        return RawRequest.send(node.baseUri(), from, RawRequest.head(poll.path() + "/votes", "Content-Length: " + length + "\r\n")).send(PART);
    }

    /** Any of them may be the one too many. */
    private static String firstAnswer(List<RawRequest> crowd) {
        return (String) CompletableFuture.anyOf(crowd.stream().map(BodiesIT::answer).toArray(CompletableFuture[]::new)).orTimeout(40, TimeUnit.SECONDS).join();
    }

    /** Those who have gone are noticed a little later. */
    private void awaitVote(String voter) {
        await().atMost(DEADLINE).until(() -> Http.post(node.baseUri(), poll.path() + "/votes", poll.vote(0, voter)).statusCode() == 200);
    }

    /** As Java's own client does with each new connection, unless it is told otherwise. */
    @Test
    void bodyOfARequestThatChangesToHttp2IsTaken() throws Exception {
        for (int i = 0; i < 40; i++) {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(node.baseUri().resolve("/api/topics/public:h2/events"))
                    .timeout(DEADLINE).header("Authorization", "Bearer " + publisher.token()).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"data\":" + i + '}')).build(), BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }

    @Test
    void tooLargeBodyOfUnknownLengthIsRefusedOverHttp2Too() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest.Builder request = HttpRequest.newBuilder(node.baseUri().resolve("/api/topics/public:h2/events")).timeout(DEADLINE)
                .header("Authorization", "Bearer " + publisher.token()).header("Content-Type", "application/json");
        assertThat(client.send(request.POST(BodyPublishers.ofString("{\"data\":1}")).build(), BodyHandlers.ofString()).version())
                .isEqualTo(HttpClient.Version.HTTP_2);
        byte[] large = ("{\"data\":\"" + "x".repeat(3 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> answer = client.send(request.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))).build(),
                BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        Problems.assertIs(413, answer);
    }

    /** Why it is off by default: see known limits in docs/operations.md. If this fails, the limit is gone there. */
    @Test
    void bodyOverHttp2IsTakenWithoutALimit() {
        try (EndlessBody body = EndlessBody.post(node.baseUri(), "/api/topics/public:h2/events")) {
            assertThat(body.sendFor(Duration.ofSeconds(2))).isGreaterThan(4 << 20);
        }
    }

    @Test
    void streamsThatAClientOfHttp2ResetsLeaveTheCounts() {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        URI path = node.baseUri().resolve("/api/stream?topic=public:reset");
        for (int round = 0; round < 4; round++) {
            // A round may come while those of the last one are just leaving.
            List<InputStream> open = new ArrayList<>();
            await().atMost(DEADLINE).until(() -> {
                HttpResponse<InputStream> answer = client.send(HttpRequest.newBuilder(path).build(), BodyHandlers.ofInputStream());
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                if (answer.statusCode() == 200) {
                    open.add(answer.body());
                }
                return open.size() == STREAMS;
            });
            open.forEach(BodiesIT::reset);
        }
        await().atMost(DEADLINE).until(() -> opens(path));
        BriefConnections.awaitForgotten(node, KEPT);
    }

    private static boolean opens(URI path) {
        HttpResponse<InputStream> answer = Http.send(HttpRequest.newBuilder(path).build(), BodyHandlers.ofInputStream());
        reset(answer.body());
        return answer.statusCode() == 200;
    }

    private static CompletableFuture<String> answer(RawRequest request) {
        return CompletableFuture.supplyAsync(() -> request.answerWith("}"), task -> new Thread(task, "answer").start());
    }

    private static void reset(InputStream body) {
        try {
            body.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
