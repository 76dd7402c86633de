package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.launch.Node;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes that are replaced one after the other, under load; {@code -Dpado.restarts=10} times. */
@ExtendWith(TwoNodes.class)
class RollingRestartIT {

    private static final int RESTARTS = Integer.getInteger("pado.restarts", 1);
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final Cluster cluster;

    RollingRestartIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void nothingIsLostDoubledOrDisorderedWhileNodesAreReplaced() {
        List<URI> nodes = new CopyOnWriteArrayList<>();
        String token = Login.of(cluster.a(), "publisher").token();
        Node node = cluster.another("rolling-0");
        nodes.addAll(List.of(node.baseUri(), cluster.a()));
        try (Story story = Story.begin(token, 2, 20, 0, Duration.ofMillis(10), () -> nodes, 1)) {
            int before = story.connections();
            for (int i = 1; i <= RESTARTS; i++) {
                stop(node);
                nodes.remove(node.baseUri());
                node.close();
                node = cluster.another("rolling-" + i);
                nodes.add(node.baseUri());
            }
            story.end();
            assertThat(story.told()).isGreaterThan(100);
            assertThat(story.connections()).isGreaterThan(before);
        } finally {
            node.close();
        }
    }

    private static void stop(Node node) {
        long begin = System.nanoTime();
        node.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_MOST);
    }
}
