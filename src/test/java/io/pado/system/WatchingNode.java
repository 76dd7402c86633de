package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/** Which of a cluster's first two nodes watches MongoDB. */
final class WatchingNode {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Cluster cluster;

    WatchingNode(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Waits until there is one that runs. */
    Node node() {
        return await().atMost(PATIENCE).until(() -> pid().flatMap(pid -> IntStream.of(1, 2).mapToObj(cluster::node)
                .filter(node -> node.isRunning() && node.pid() == pid).findFirst()), Optional::isPresent).orElseThrow();
    }

    /** As the node that watches has told all; a dead one may have told it last. */
    Optional<Long> pid() {
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            return Optional.ofNullable(redis.get("pado:feed:progress")).map(Http::json).map(progress -> progress.getString("node"))
                    .map(node -> Long.valueOf(node.substring(node.lastIndexOf(':') + 1)));
        }
    }

    /** @param signal such as {@code STOP} */
    static void signal(String signal, Node node) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(node.pid())).start().waitFor()).isZero();
    }
}
