package io.pado.system;

import static io.pado.system.RawSocket.BINARY;
import static io.pado.system.RawSocket.FINAL;
import static io.pado.system.RawSocket.PING;
import static io.pado.system.RawSocket.TEXT;
import static io.pado.system.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import io.pado.system.RawSocket.Heard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A node whose streams are carried by the specifications alone, beside two whose are not. All other tests of streams run so with
 * {@code -Dpado.stream.carrier=standard}; {@code -Dpado.carrier.readers=1000} for many readers, a tenth of which stalls.
 */
@ExtendWith(TwoNodes.class)
@TestInstance(Lifecycle.PER_CLASS)
class StandardCarrierIT {

    private static final int READERS = Integer.getInteger("pado.carrier.readers", 20);
    private static final int LARGE_EVENTS = 60;
    private static final String PADDING = "p".repeat(100 * 1024);
    /** Each thread of the container keeps the last request that it served, and the stream that was in its answer. */
    private static final int KEPT = 8;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /** A send that gets on no more is given up after 10 s; then the container waits 30 s for the peer's half of the close. */
    private static final Duration GONE = Duration.ofSeconds(60);

    private final Cluster cluster;
    private Node node;
    private URI standard;
    private Login publisher;

    StandardCarrierIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    void start() {
        node = cluster.another("standard", Map.of("pado.stream.carrier", "standard"));
        standard = node.baseUri();
        publisher = cluster.login("publisher");
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void healthAndLogSayWhatCarriesStreams() {
        assertThat(Http.get(standard, "/health/ready").body()).contains("\"carrier\":\"standard\"");
        assertThat(node.logFile()).content().contains("Open streams are carried by the standard carrier: pado.stream.carrier says so");
        if (!System.getProperty("pado.stream.carrier", "auto").equals("standard")) {
            assertThat(Http.get(cluster.a(), "/health/ready").body()).contains("\"carrier\":\"bare\"");
            assertThat(cluster.node(1).logFile()).content().contains("Open streams are carried by the bare carrier: it was proved in ");
        }
    }

    @Test
    void proofOfTheBareConnectionIsForTheServerItself() {
        Problems.assertIs(404, Http.get(standard, "/api/carrier-proof"));
        Problems.assertIs(404, Http.get(cluster.a(), "/api/carrier-proof"));
    }

    @Test
    void streamHasTheSameEventsAndGoesOnFromTheOtherCarrier() {
        String topic = topic();
        List<String> first = publish(topic, 0, 50);
        try (Stream here = joined(Stream.open(standard, "/api/stream?topic=" + topic, first.get(0)));
                Stream there = joined(Stream.open(cluster.a(), "/api/stream?topic=" + topic, first.get(0)))) {
            List<String> all = new ArrayList<>(first.subList(1, 50));
            all.addAll(publish(topic, 50, 50));

            for (Stream stream : List.of(here, there)) {
                stream.first(event -> event.id().equals(all.get(98)));
            }
            assertThat(here.events(event -> event.data().contains("\"event\""))).extracting(SseEvent::id).containsExactlyElementsOf(all);
            assertThat(here.events(event -> event.data().contains("\"event\""))).extracting(SseEvent::data)
                    .containsExactlyElementsOf(there.events(event -> event.data().contains("\"event\"")).stream().map(SseEvent::data).toList());
            assertThat(here.response().headers().map().keySet()).isEqualTo(there.response().headers().map().keySet());
            here.awaitAnotherComment();
        }
    }

    @Test
    void streamThatHasToldAllEndsInOrder() {
        String client = "standard-" + UUID.randomUUID();
        HttpResponse<String> asked = Http.send(HttpRequest.newBuilder(standard.resolve("/api/ai/chat")).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"question\":\"Why?\",\"client_id\":\"" + client + "\"}")));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        String run = Http.json(asked.body()).getString("runId");
        try (Stream reader = Stream.open(standard, "/api/ai/runs/" + run + "/stream?client_id=" + client)) {
            reader.first(event -> event.is("ai_complete"));
            await().atMost(DEADLINE).until(reader::ended);
        }
    }

    @Test
    void socketHearsEveryEventOnceInOrderHoweverFastTheyCome() {
        String topic = topic();
        try (Live here = Live.open(standard, "/live"); Live there = Live.open(cluster.a(), "/live")) {
            here.subscribe(topic);
            there.subscribe(topic);
            List<String> ids = publish(topic, 0, 200);

            for (Live live : List.of(here, there)) {
                live.first(message -> Live.is(message, "event") && message.getString("id").equals(ids.get(199)));
                assertThat(live.events()).extracting(event -> event.getString("id")).containsExactlyElementsOf(ids);
            }
            assertThat(here.events()).isEqualTo(there.events());
            assertThat(here.ask("{\"type\":\"ping\"}").getString("type")).isEqualTo(there.ask("{\"type\":\"ping\"}").getString("type"));
            assertThat(here.ask("{\"type\":\"resume\",\"positions\":{\"" + topic + "\":\"" + ids.get(150) + "\"}}").getBoolean("recovered")).isTrue();
            await().atMost(DEADLINE).until(() -> here.events().size() == 249);
        }
    }

    @Test
    void cafesSocketHearsItsEventsAndIsAskedByPings() {
        try (CafeSocket socket = CafeSocket.joined(standard); Socket pinged = Socket.open(standard, "/ws")) {
            Cafe cafe = Cafe.of(cluster);
            String notice = "notice-" + UUID.randomUUID();
            cafe.set("notice", notice);
            socket.first("settings:changed", "value", notice);
            pinged.awaitPing();
        }
    }

    @Test
    void handshakeMakesNoSessionAndItsRefusalsAreProblems() throws IOException {
        try (RawSocket socket = RawSocket.open(standard, "/live")) {
            assertThat(socket.answer()).doesNotContainIgnoringCase("Set-Cookie").containsIgnoringCase("\r\nSec-WebSocket-Accept: ");
        }
        try (Socket known = Socket.with(standard, "/live", publisher)) {
            assertThat(known.subprotocol()).isEqualTo("pado");
        }
        Problems.assertIs(426, Http.get(standard, "/live"));
    }

    @Test
    void whatBreaksTheRulesIsToldByItsCode() throws IOException {
        // The container waits half a minute for the client's own close frame.
        assertThat(heard(frame(FINAL | BINARY, "x"), RawSocket.close(1_003)).closeCode()).isEqualTo(1003);
        assertThat(heard(frame(FINAL | TEXT, "x".repeat(310 * 1024))).closeCode()).isEqualTo(1009);
        assertThat(heard(RawSocket.close(3_000)).closeCode()).isEqualTo(3_000);
        Heard answered = heard(frame(FINAL | PING, "p"), RawSocket.close(1_000));
        assertThat(answered.pongs()).containsExactly("p");
        assertThat(answered.closeCode()).isEqualTo(1_000);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void connectionsThatLeaveAtOnceAreForgotten() {
        BriefConnections.open(node, 400);

        BriefConnections.awaitForgotten(node, KEPT);
    }

    @Test
    void readersThatStallHoldUpNobodyAndAreGoneInTime() {
        String topic = topic();
        List<StalledReader> stalled = IntStream.range(0, READERS / 10)
                .mapToObj(i -> i % 2 == 0 ? StalledReader.live(standard, topic) : StalledReader.open(standard, "/api/stream?topic=" + topic)).toList();
        List<Stream> readers = new ArrayList<>();
        try (Live live = Live.open(standard, "/live")) {
            IntStream.range(0, READERS - stalled.size()).forEach(i -> readers.add(joined(Stream.open(standard, "/api/stream?topic=" + topic))));
            live.subscribe(topic);
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < LARGE_EVENTS; i++) {
                ids.addAll(publish(topic, i, 1));
                // What a reader may have waiting is bounded for those who read, too.
                int wanted = i - 3;
                readers.forEach(reader -> await().atMost(DEADLINE).pollInterval(Duration.ofMillis(2)).until(() -> reader.large() >= wanted));
            }
            readers.forEach(reader -> {
                reader.first(event -> event.id().equals(ids.get(LARGE_EVENTS - 1)));
                assertThat(reader.ended()).isFalse();
            });
            await().atMost(DEADLINE).until(() -> live.events().size() == LARGE_EVENTS);
            // From now on, for with many readers the events alone take longer than that.
            await().atMost(GONE).until(() -> stalled.stream().noneMatch(StalledReader::serverHoldsIt));
        } finally {
            stalled.forEach(StalledReader::close);
            readers.forEach(Stream::close);
        }
    }

    /** The first event of a stream of topics. */
    private static Stream joined(Stream stream) {
        stream.first(event -> event.is("joined"));
        return stream;
    }

    private Heard heard(byte[]... frames) throws IOException {
        try (RawSocket socket = RawSocket.open(standard, "/live")) {
            for (byte[] frame : frames) {
                socket.send(frame);
            }
            return socket.hear();
        }
    }

    private static String topic() {
        return "public:standard-" + UUID.randomUUID();
    }

    /** @return the ids */
    private List<String> publish(String topic, int from, int count) {
        return IntStream.range(from, from + count).mapToObj(n -> {
            String padding = count == 1 ? ",\"p\":\"" + PADDING + '"' : "";
            HttpResponse<String> answer = publisher.post("/api/topics/" + topic + "/events", "{\"event\":\"e\",\"data\":{\"n\":" + n + padding + "}}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return Http.json(answer.body()).getString("id");
        }).toList();
    }
}
