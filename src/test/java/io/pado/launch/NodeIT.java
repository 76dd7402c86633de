package io.pado.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.stores.Ports;
import io.pado.stores.Settings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeIT {

    @TempDir
    private Path target;
    private Installation installation;

    @BeforeEach
    void build() throws IOException {
        installation = SampleInstallation.withFakeServer(target);
    }

    @Test
    void startedNodeIsReadyHasItsOwnProcessAndItsSettings() {
        try (Node node = node(Map.of("pado.sql.url", "jdbc:here"))) {
            node.start();

            assertThat(ProcessHandle.of(node.pid())).get().matches(ProcessHandle::isAlive);
            assertThat(Ports.isFree(node.port())).isFalse();
            assertThat(node.baseUri()).hasToString("http://127.0.0.1:" + node.port() + "/");
            assertThat(node.logFile()).content().contains("Launching pado with jdbc:here");
        }
    }

    @Test
    void nodeOnAnAddressOfItsOwnIsAskedThere() {
        try (Node node = node(Map.of("pado.http.host", "127.0.0.5"))) {
            node.start();

            assertThat(node.baseUri()).hasToString("http://127.0.0.5:" + node.port() + "/");
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), node.port())).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void stoppedNodeStartsAgainOnItsPortAsAnotherProcess() {
        try (Node node = node(Map.of())) {
            node.start();
            long first = node.pid();

            node.restart();

            assertThat(node.pid()).isNotEqualTo(first);
            assertThat(node.isRunning()).isTrue();
        }
    }

    @Test
    void killedNodeIsGoneAtOnceAndCanComeBack() throws Exception {
        try (Node node = node(Map.of())) {
            node.start();
            node.kill();
            assertThat(node.exit().get(5, TimeUnit.SECONDS)).isEqualTo(137);
            assertThat(Ports.isFree(node.port())).isTrue();

            node.start();
            assertThat(node.isRunning()).isTrue();
        }
    }

    @Test
    void closedNodeDoesNotStartAgain() {
        Node node = node(Map.of());
        node.start();
        node.close();

        assertThat(node.isRunning()).isFalse();
        assertThatThrownBy(node::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void serverThatEndsWhileItStartsFailsAtOnceWithTheEndOfItsLog() {
        try (Node node = node(Map.of("pado.fake.fault", "true"))) {
            assertThatThrownBy(node::start).isInstanceOfSatisfying(LaunchFailure.class, failure -> {
                assertThat(failure).hasMessageContaining("code 4").hasMessageContaining(node.logFile().toString());
                assertThat(failure.details()).endsWith("[ERROR] No memory left");
            });
        }
    }

    @Test
    void applicationThatFailsToStartIsNotWaitedFor() {
        try (Node node = node(Map.of("pado.fake.application", "fails"))) {
            assertThatThrownBy(node::start).isInstanceOf(LaunchFailure.class)
                    .hasMessageStartingWith("The server cannot start the application: its log ");
            assertThat(node.isRunning()).isFalse();
        }
    }

    @Test
    void portInUseNamesThePortAndTheSettingThatChangesIt() throws IOException {
        try (ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = occupied.getLocalPort();

            assertThatThrownBy(() -> Node.prepare(installation, "a", port, options(Map.of()))).isInstanceOf(LaunchFailure.class)
                    .hasMessage("Port %d is already in use: stop what uses it, or choose another port with -Dpado.http.port= "
                            + "(PADO_HTTP_PORT).", port);
        }
    }

    private Node node(Map<String, String> settings) {
        return Node.prepare(installation, "a", 0, options(settings));
    }

    private static NodeOptions options(Map<String, String> settings) {
        return NodeOptions.of(Settings.of(Map.of()), settings);
    }
}
