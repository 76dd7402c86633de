package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Connections of streams and WebSockets that end soon after they began, in every way in which connections end, and what is left of them. */
final class BriefConnections {

    static final Duration ALL_GONE = Duration.ofSeconds(35);
    static final String STREAM = "GET /sse/votes?client_id=leak HTTP/1.1\r\nHost: localhost\r\n\r\n";
    /** The three topics that each node hears for itself: changed audiences, answers of groups, whether an admin looks at the figures. */
    private static final Map<String, Long> OF_THE_NODE = Map.of("io.pado.realtime.hub.FollowedTopic", 3L);
    private static final List<String> OURS = List.of("io.pado.realtime.hub.Subscriber", "io.pado.realtime.hub.Subscription", "io.pado.realtime.hub.outbox.Outbox",
            "io.pado.realtime.hub.FollowedTopic", "io.pado.realtime.carrier.BareConnection", "io.pado.realtime.sse.carrier.BareStream",
            "io.pado.realtime.sse.carrier.ResponseStream", "io.pado.realtime.websocket.BareWebSocket",
            "io.pado.realtime.websocket.SessionWebSocket");
    private static final List<String> REQUESTS = List.of(
            STREAM,
            "GET /api/stream?topic=public:leak HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            "GET /sse/votes HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private BriefConnections() {
    }

    /** Opens so many, and leaves. */
    static void open(Node node, int count) {
        Crowd.run(count, i -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.baseUri().getPort())) {
                socket.getOutputStream().write(REQUESTS.get(i % REQUESTS.size()).getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                boolean leavesAtOnce = i % 7 == 0;
                if (!leavesAtOnce && in.read(new byte[512]) < 0) {
                    throw new AssertionError("closed");
                }
                if (i % 5 == 0) {
                    socket.setSoLinger(true, 0);
                } else if (i % 5 == 1) {
                    socket.shutdownOutput();
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    /** Waits until nothing of ours is left. @param kept how many of each kind the container may keep */
    static void awaitForgotten(Node node, long kept) {
        await().atMost(ALL_GONE).pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(alive(node)).allSatisfy((type, count) ->
                        assertThat(count - OF_THE_NODE.getOrDefault(type, 0L)).as(type).isBetween(0L, kept)));
    }

    /** Counts after a full collection, which the histogram brings about. */
    private static Map<String, Long> alive(Node node) {
        Map<String, Long> alive = new TreeMap<>();
        Inside.histogram(node).filter(columns -> columns.length >= 4 && OURS.contains(columns[3]))
                .forEach(columns -> alive.put(columns[3], Long.valueOf(columns[1])));
        return alive;
    }
}
