package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TwoNodes.class)
class StopIT {

    /** Well below the 30 s that the container would wait for open connections. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Cluster cluster;

    StopIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void stoppingNodeSaysSoOnItsStreamsAndDoesNotWaitForThem() {
        try (Node node = cluster.another("stopping"); Stream stream = Stream.ofVotes(node.baseUri());
                Live live = Live.open(node.baseUri(), "/live")) {
            // The greeting comes before the stream is live.
            stream.awaitAnotherComment();
            long begin = System.nanoTime();
            node.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
            assertThat(stream.first(e -> e.is("closing")).json().getString("reason")).isEqualTo("stopping");
            await().until(stream::ended);
            assertThat(live.socket().awaitClose()).isEqualTo(1012);
        }
    }
}
