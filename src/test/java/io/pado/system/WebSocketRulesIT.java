package io.pado.system;

import static io.pado.system.RawSocket.FINAL;
import static io.pado.system.RawSocket.TEXT;
import static io.pado.system.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.system.RawSocket.Heard;
import io.pado.system.WebSocketRules.Case;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 on both WebSockets, and clients that send what no library sends. In the standard carrier the container keeps the rules, in its own way. */
@ExtendWith(TwoNodes.class)
@DisabledIfSystemProperty(named = "pado.stream.carrier", matches = "standard", disabledReason = "the container's frames")
class WebSocketRulesIT {

    private static final int BUSY = 40;
    private static final Duration NO_DELAY = Duration.ofSeconds(6);
    private static final long BETWEEN_ROUNDS = Duration.ofMillis(45).toNanos();

    private final Cluster cluster;

    WebSocketRulesIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void liveKeepsTheRules() {
        keepsTheRules("/live", new WebSocketRules("{\"type\":\"ping\",\"more\":\"", "\"}", 300 * 1024));
    }

    @Test
    void cafeKeepsTheRules() {
        keepsTheRules("/ws", new WebSocketRules("{\"action\":\"ping\",\"more\":\"", "\"}", 16 * 1024));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "PUT", "DELETE"})
    void onlyGetOpensAWebSocket(String method) throws IOException {
        String answer = answer(method, "");
        assertThat(answer).startsWith("HTTP/1.1 405 ").containsIgnoringCase("\r\nAllow: GET, OPTIONS\r\n").doesNotContain("$WSEP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 6\r\n", "Transfer-Encoding: chunked\r\n"})
    void handshakeHasNoBody(String header) throws IOException {
        assertThat(answer("GET", header)).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, FINAL | 0xA, FINAL | 0x9, FINAL | 0x1})
    void framesOfEveryKindAreCountedAndFloodsHoldUpNobody(int first) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService floods = Executors.newCachedThreadPool();
        List<CompletableFuture<Heard>> ends = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                RawSocket socket = RawSocket.open(cluster.a(), "/live");
                if (first == 0x00) {
                    socket.send(frame(TEXT, "x"));
                }
                CompletableFuture.runAsync(() -> flood(socket, frame(first, ""), over), floods);
                ends.add(CompletableFuture.supplyAsync(() -> heard(socket), floods));
            }
            for (CompletableFuture<Heard> end : ends) {
                long before = System.nanoTime();
                assertThat(Http.get(cluster.a(), "/health/live").statusCode()).isEqualTo(200);
                assertThat(Http.get(cluster.a(), "/api/polls").statusCode()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(NO_DELAY);
                assertThat(end.join().closeCode()).isEqualTo(1008);
            }
        } finally {
            over.set(true);
            floods.shutdownNow();
        }
    }

    /** Each asks for a replay as often as it is given one; that is allowed, and is work for others than the threads that everybody needs. */
    @Test
    void commandsThatWaitForAStoreHoldUpNobody() throws Exception {
        String topic = LiveIT.topic("public");
        Login publisher = cluster.login("publisher");
        String first = LiveIT.publish(publisher, topic, 0);
        for (int i = 1; i < 100; i++) {
            LiveIT.publish(publisher, topic, i);
        }
        byte[] resume = frame(FINAL | TEXT, "{\"type\":\"resume\",\"positions\":{\"" + topic + "\":\"" + first + "\"}}");
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService clients = Executors.newCachedThreadPool();
        List<RawSocket> busy = new ArrayList<>();
        try {
            for (int i = 0; i < BUSY; i++) {
                RawSocket socket = RawSocket.open(cluster.a(), "/live");
                busy.add(socket);
                clients.execute(() -> heard(socket));
            }
            CompletableFuture<Integer> rounds = CompletableFuture.supplyAsync(() -> sayUntil(over, busy, resume), clients);
            for (int i = 0; i < 20; i++) {
                assertThat(Http.get(cluster.a(), "/api/polls").statusCode()).isEqualTo(200);
                try (Live other = Live.with(cluster.a(), publisher)) {
                    assertThat(other.subscribe(topic).getString("type")).isEqualTo("joined");
                    assertThat(other.ask("{\"type\":\"publish\",\"topic\":\"public:crowd\",\"data\":1}").getString("type")).isEqualTo("published");
                }
            }
            over.set(true);
            assertThat(rounds.join()).as("they went on to the end").isPositive();
        } finally {
            over.set(true);
            for (RawSocket socket : busy) {
                socket.close();
            }
            clients.shutdownNow();
        }
    }

    /** @return how often all were told; below what is allowed in a second */
    private static int sayUntil(AtomicBoolean over, List<RawSocket> sockets, byte[] frame) {
        int rounds = 0;
        while (!over.get()) {
            for (RawSocket socket : sockets) {
                assertThat(sent(socket, frame)).isTrue();
            }
            rounds++;
            LockSupport.parkNanos(BETWEEN_ROUNDS);
        }
        return rounds;
    }

    @Test
    void whatWasSaidBeforeACloseIsAnswered() throws IOException {
        String token = cluster.login("publisher").token();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        said.writeBytes(frame(FINAL | TEXT, "{\"type\":\"publish\",\"ref\":1,\"topic\":\"public:last-word\",\"data\":1}"));
        said.writeBytes(RawSocket.close(1000));
        for (int i = 0; i < 10; i++) {
            try (RawSocket socket = RawSocket.open(cluster.a(), "/live?token=" + token)) {
                socket.send(said.toByteArray());
                Heard heard = socket.hear();
                assertThat(heard.texts()).anyMatch(text -> text.contains("\"published\""));
                assertThat(heard.closeCode()).isEqualTo(1000);
            }
        }
    }

    @Test
    void messageThatDoesNotEndIsGivenUp() throws IOException {
        try (RawSocket socket = RawSocket.open(cluster.a(), "/live"); RawSocket half = RawSocket.open(cluster.a(), "/ws")) {
            socket.send(frame(TEXT, "x"));
            half.send(new byte[] {(byte) (FINAL | TEXT)});
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(socket.hear().closeCode()).isEqualTo(1008);
                assertThat(half.hear().closeCode()).isEqualTo(1008);
            });
        }
    }

    private void keepsTheRules(String path, WebSocketRules rules) {
        ExecutorService clients = Executors.newFixedThreadPool(64);
        try {
            SoftAssertions all = new SoftAssertions();
            List<CompletableFuture<Heard>> heard = rules.all().stream()
                    .map(each -> CompletableFuture.supplyAsync(() -> tried(cluster.a(), path, each), clients)).toList();
            for (int i = 0; i < heard.size(); i++) {
                Case each = rules.all().get(i);
                Heard was = heard.get(i).join();
                int answers = (int) was.texts().stream().filter(text -> text.contains("\"pong\"")).count();
                all.assertThat(List.of(answers, was.pongs().size(), was.closeCode())).as("%s: texts, pongs, close code", each)
                        .isEqualTo(List.of(each.texts(), each.pongs(), each.code()));
            }
            all.assertAll();
            assertThat(rules.all()).hasSizeGreaterThan(189);
        } finally {
            clients.shutdownNow();
        }
    }

    private static Heard tried(URI base, String path, Case each) {
        try (RawSocket socket = RawSocket.open(base, path)) {
            for (byte[] part : each.sent()) {
                if (!sent(socket, part)) {
                    break;
                }
            }
            return socket.hear();
        } catch (IOException failed) {
            throw new CompletionException(each + ": " + failed, failed);
        }
    }

    /** @return false if the server has ended the connection by now */
    private static boolean sent(RawSocket socket, byte[] bytes) {
        try {
            socket.send(bytes);
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    private static void flood(RawSocket socket, byte[] frame, AtomicBoolean over) {
        byte[] many = new byte[frame.length * 1_000];
        for (int at = 0; at < many.length; at += frame.length) {
            System.arraycopy(frame, 0, many, at, frame.length);
        }
        while (!over.get() && sent(socket, many)) {
            Thread.onSpinWait();
        }
    }

    private static Heard heard(RawSocket socket) {
        try {
            return socket.hear();
        } catch (IOException failed) {
            throw new CompletionException(failed);
        }
    }

    private String answer(String method, String header) throws IOException {
        URI base = cluster.a();
        try (java.net.Socket socket = new java.net.Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((method + " /live HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + header + "\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            byte[] answer = new byte[4_096];
            int read = socket.getInputStream().read(answer);
            return new String(answer, 0, read, java.nio.charset.StandardCharsets.US_ASCII);
        }
    }
}
