package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.launch.Node;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes that are replaced one after the other, under load. */
@ExtendWith(TwoNodes.class)
class RollingRestartIT {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final Cluster cluster;

    RollingRestartIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void nothingIsLostDoubledOrDisorderedWhileNodesAreReplaced() {
        List<URI> nodes = new CopyOnWriteArrayList<>();
        String token = Login.of(cluster.a(), "publisher").token();
        Node old = cluster.another("rolling-1");
        nodes.addAll(List.of(old.baseUri(), cluster.a()));
        try (Story story = Story.begin(token, 2, 20, 0, Duration.ofMillis(10), () -> nodes, 1)) {
            int before = story.connections();
            long begin = System.nanoTime();
            old.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_MOST);
            nodes.remove(old.baseUri());
            try (Node fresh = cluster.another("rolling-2")) {
                nodes.add(fresh.baseUri());
                story.end();
                assertThat(story.told()).isGreaterThan(100);
                assertThat(story.connections()).isGreaterThan(before);
            }
        } finally {
            old.close();
        }
    }
}
