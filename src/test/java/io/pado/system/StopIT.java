package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TwoNodes.class)
class StopIT {

    /** Well below the 30 s that the container would wait for open connections. */
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int DRAIN = 4;
    private static final int STREAMS = 8;

    private final Cluster cluster;

    StopIT(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Streams are told one after the other, so some are still open while others are sent away, and new ones are refused. */
    @Test
    void stoppingNodeServesOnWhileItIsNotReadyAndThenSendsItsStreamsAwayAndEnds() {
        try (Node node = cluster.another("stopping", Map.of("pado.drain.seconds", Integer.toString(DRAIN)));
                Live live = Live.open(node.baseUri(), "/live")) {
            URI base = node.baseUri();
            List<Stream> streams = IntStream.range(0, STREAMS).mapToObj(i -> Stream.ofVotes(base)).toList();
            // The greeting comes before the stream is live.
            streams.forEach(Stream::awaitAnotherComment);
            long begin = System.nanoTime();
            // Not in the common pool, which may have one thread, and which the HTTP client needs.
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(node::stop, task -> new Thread(task, "stop").start());

            await().until(() -> Http.get(base, "/health/ready").statusCode() == 503);
            SamplePoll poll = SamplePoll.open(cluster.database());
            try (Stream late = Stream.ofVotes(base)) {
                Http.vote(base, poll, 0, "late");
                streams.forEach(stream -> stream.first(e -> e.tellsOf(poll)));
                late.first(e -> e.tellsOf(poll));
                assertThat(streams).noneMatch(StopIT::isToldToGo);

                await().pollInterval(Duration.ofMillis(10)).until(() -> streams.stream().anyMatch(StopIT::isToldToGo));
                assertThat(streams).anyMatch(stream -> !isToldToGo(stream));
                assertThat(Http.get(base, "/api/polls").statusCode()).isEqualTo(200);
                Problems.assertIs(503, Http.get(base, "/sse/votes?client_id=a"));
                Problems.assertInBand("unavailable", Http.getAsEventSource(base, "/sse/votes?client_id=a"));
                await().until(() -> streams.stream().allMatch(stream -> isToldToGo(stream) && stream.ended()));
                await().until(() -> isToldToGo(late));
            }
            assertThat(live.socket().awaitClose()).isEqualTo(1012);
            stopping.join();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(DRAIN), SOON.plusSeconds(2 * DRAIN));
        }
    }

    private static boolean isToldToGo(Stream stream) {
        return stream.events(e -> e.is("closing")).stream().anyMatch(e -> e.json().getString("reason").equals("stopping"));
    }
}
