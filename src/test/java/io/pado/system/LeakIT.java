package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import io.pado.stores.LogTail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Connections that come and go, in every way that they end, leave nothing behind: no object of ours, no descriptor.
 * {@code -Dpado.leak.connects=100000} for many.
 */
@ExtendWith(TwoNodes.class)
@EnabledOnOs(OS.LINUX)
class LeakIT {

    private static final int CONNECTS = Integer.getInteger("pado.leak.connects", 2_000);
    private static final int BATCH = 1_000;
    /** The server's own number is 1,000. */
    private static final int MORE_THAN_A_THREAD_HEARS = 1_100;
    /** The server opens a few of its own now and then. */
    private static final int STRAY = 8;
    private static final Pattern CONTAINERS_REPORT = Pattern.compile("Error Page Exception|SRVE\\d+[WE]");
    /** In the standard carrier each thread of the container keeps the last request that it served, and the stream that was in its answer. */
    private static final long KEPT = "standard".equals(System.getProperty("pado.stream.carrier")) ? STRAY : 0;

    private final Cluster cluster;

    LeakIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void connectionsThatCameAndWentLeaveNothingBehind() {
        Node node = cluster.node(2);
        long said = node.logFile().toFile().length();
        BriefConnections.open(node, 200);
        BriefConnections.awaitForgotten(node, KEPT);
        long descriptors = descriptors(node);

        for (int done = 0; done < CONNECTS; done += BATCH) {
            BriefConnections.open(node, Math.min(BATCH, CONNECTS - done));
        }

        BriefConnections.awaitForgotten(node, KEPT);
        await().atMost(BriefConnections.ALL_GONE).untilAsserted(() -> assertThat(descriptors(node)).isLessThan(descriptors + STRAY));
        // Who leaves while the stream is being opened is nothing to report.
        assertThat(LogTail.find(node.logFile(), said, CONTAINERS_REPORT)).isEmpty();
    }

    /** A thread that ends takes connections with it that were about to be heard by it: they would be neither answered nor closed. */
    @Test
    @DisabledIfSystemProperty(named = "pado.stream.carrier", matches = "standard", disabledReason = "only connections that leave HTTP need it")
    void oneThreadThatNeverEndsHearsAnyNumberOfConnections() throws IOException {
        Node node = cluster.node(2);
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < MORE_THAN_A_THREAD_HEARS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.baseUri().getPort());
                open.add(socket);
                socket.getOutputStream().write(BriefConnections.STREAM.getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read(new byte[512])).isPositive();
            }

            assertThat(threads(node, "Inbound Read Selector")).isEqualTo(1);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /** Those whose name begins so; the system knows the first 15 characters of each. */
    private static long threads(Node node, String name) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(node.pid()), "task"))) {
            return tasks.filter(task -> name.startsWith(comm(task))).count();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** The name of a task, or that it has ended meanwhile. */
    private static String comm(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException ended) {
            return "(ended)";
        }
    }

    private static long descriptors(Node node) {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(node.pid()), "fd"))) {
            return open.count();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
