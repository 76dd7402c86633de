package io.pado.system;

import static io.pado.system.RawSocket.CONTINUATION;
import static io.pado.system.RawSocket.FINAL;
import static io.pado.system.RawSocket.TEXT;
import static io.pado.system.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import io.pado.system.RawSocket.Heard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages of WebSockets that do not end, on a node where they may take little. In the standard carrier the container puts messages together. */
@ExtendWith(TwoNodes.class)
@TestInstance(Lifecycle.PER_CLASS)
@DisabledIfSystemProperty(named = "pado.stream.carrier", matches = "standard", disabledReason = "the container's frames")
class UnfinishedMessagesIT {

    private static final int OF_ADDRESS = 100_000;
    private static final int HELD = 4 * OF_ADDRESS;
    /** It takes as much in memory, or up to twice as much: one fits into the share of an address, three do not. */
    private static final int PART = OF_ADDRESS * 2 / 5;
    private static final String BEGUN = "{\"type\":\"ping\",\"more\":\"" + "x".repeat(PART);
    private static final String REST = "\"}";
    private static final int TRY_AGAIN_LATER = 1013;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Cluster cluster;
    private Node node;

    UnfinishedMessagesIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    void start() {
        node = cluster.another("unfinished", Map.of("pado.websocket.unfinished.bytes", Integer.toString(HELD), "pado.websocket.unfinished.address",
                Integer.toString(OF_ADDRESS), "pado.websocket.message.seconds", "60"));
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void addressThatHoldsItsShareGets1013AndAnotherGoesOn() throws IOException {
        List<RawSocket> crowd = new ArrayList<>();
        try (RawSocket other = begun("127.0.0.2")) {
            for (int i = 0; i < 3; i++) {
                crowd.add(begun("127.0.0.1"));
            }
            assertThat(firstEnd(crowd).closeCode()).isEqualTo(TRY_AGAIN_LATER);
            assertGoesOn(other);
        } finally {
            close(crowd);
        }
        awaitRoom();
    }

    @Test
    void allTogetherHoldSoMuchAndNoMore() throws IOException {
        List<RawSocket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i <= HELD / PART; i++) {
                crowd.add(begun("127.0.0." + (11 + i)));
            }
            assertThat(firstEnd(crowd).closeCode()).isEqualTo(TRY_AGAIN_LATER);
        } finally {
            close(crowd);
        }
        awaitRoom();
    }

    private RawSocket begun(String from) throws IOException {
        RawSocket socket = RawSocket.open(node.baseUri(), "/live", from);
        socket.send(frame(TEXT, BEGUN));
        return socket;
    }

    /** Any of them may be the one too many. */
    private static Heard firstEnd(List<RawSocket> crowd) {
        return (Heard) CompletableFuture.anyOf(crowd.stream().map(socket -> CompletableFuture.supplyAsync(() -> heard(socket), Crowd.BESIDE))
                .toArray(CompletableFuture[]::new)).orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static void assertGoesOn(RawSocket socket) throws IOException {
        socket.send(frame(FINAL | CONTINUATION, REST));
        socket.send(RawSocket.close(1000));
        Heard heard = socket.hear();
        assertThat(heard.texts()).anyMatch(text -> text.contains("\"pong\""));
        assertThat(heard.closeCode()).isEqualTo(1000);
    }

    /** Those who have gone are noticed a little later. */
    private void awaitRoom() {
        await().atMost(DEADLINE).untilAsserted(() -> {
            try (RawSocket next = begun("127.0.0.1")) {
                assertGoesOn(next);
            }
        });
    }

    private static Heard heard(RawSocket socket) {
        try {
            return socket.hear();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void close(List<RawSocket> sockets) throws IOException {
        for (RawSocket socket : sockets) {
            socket.close();
        }
    }
}
