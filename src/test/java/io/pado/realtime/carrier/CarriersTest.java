package io.pado.realtime.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.realtime.stream.StreamConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CarriersTest {

    private ServerSocket listening;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
    }

    @Test
    void serverThatSaysNothingIsNotWaitedForLonger() throws IOException {
        OwnServer silent = server(Duration.ofMillis(200));
        assertThat(silent.answers()).isFalse();
        try (OwnConnection connection = server(Duration.ofMillis(200)).ask("GET", "/", "")) {
            assertThatThrownBy(connection::head).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(connection::next).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void everyByteCounts() throws IOException {
        answer("HTTP/1.1 200 OK\r\nA: b\r\n\r\n3\r\nabc\r\nx");
        try (OwnConnection connection = server(Duration.ofSeconds(5)).ask("GET", "/there", "")) {
            assertThat(connection.head()).isEqualTo("HTTP/1.1 200 OK\nA: b\n");
            connection.expect("3\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> connection.expect("abd".getBytes(StandardCharsets.US_ASCII))).isInstanceOf(IOException.class)
                    .hasMessageContaining("Byte 2 of 'abd' was 99");
            assertThat(connection.line()).isEmpty();
            assertThatThrownBy(connection::expectEnd).isInstanceOf(IOException.class);
            connection.expectEnd();
        }
    }

    @Test
    void applicationIsThereOnceItAnswersAsItShould() throws IOException {
        answer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assertThat(server(Duration.ofSeconds(5)).answers()).isFalse();
        answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(server(Duration.ofSeconds(5)).answers()).isTrue();
    }

    @Test
    void unknownCarrierStopsTheStart() {
        Carriers carriers = new Carriers();
        carriers.config = configured("bear");
        assertThatThrownBy(() -> carriers.start(null)).isInstanceOf(IllegalStateException.class)
                .hasMessage("pado.stream.carrier must be auto, bare or standard, not 'bear'");
    }

    @Test
    void connectionThatBreaksWhileItLeavesHttpChangesTheCarrierOfThoseThatFollowUnlessItIsConfigured() {
        Carriers carriers = new Carriers();
        carriers.config = configured("bare");
        carriers.start(null);
        assertThat(carriers.inUse()).isEqualTo("bare");

        carriers.fellBack(new IllegalStateException("one stream"));
        assertThat(carriers.inUse()).isEqualTo("bare");
        carriers.broke(new IllegalStateException("no such method"));
        assertThat(carriers.inUse()).isEqualTo("bare");
        carriers.config = configured("auto");
        carriers.broke(new IllegalStateException("no such method"));
        assertThat(carriers.inUse()).isEqualTo("standard");
    }

    private void answer(String bytes) {
        CompletableFuture.runAsync(() -> {
            try (Socket socket = listening.accept()) {
                socket.getInputStream().read(new byte[1024]);
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                throw new IllegalStateException(closed);
            }
        });
    }

    private OwnServer server(Duration most) {
        return new OwnServer((InetSocketAddress) listening.getLocalSocketAddress(), "", "A: b", most);
    }

    private static StreamConfig configured(String carrier) {
        return new StreamConfig() {
            @Override
            public String carrier() {
                return carrier;
            }
        };
    }
}
