package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.stores.RedisSentinels;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A primary Redis that dies, and its replica that takes over. */
class SentinelIT {

    private static final Duration FAILOVER = Duration.ofSeconds(30);
    private static final int VOTES = 10;

    @Test
    void streamsGoOnWithTheNewPrimaryAndNoVoteIsLost() {
        try (RedisSentinels redis = new RedisSentinels();
                Cluster cluster = Cluster.start("sentinel", 2, Map.of("pado.redis.url", redis.url()))) {
            SamplePoll poll = SamplePoll.open(cluster.database());
            try (Stream a = Stream.ofVotes(cluster.a()); Stream b = Stream.ofVotes(cluster.b())) {
                Http.vote(cluster.a(), poll, 0, "before");
                a.first(e -> e.tellsOf(poll));
                b.first(e -> e.tellsOf(poll));

                redis.killPrimary();
                a.first(e -> e.is("degraded"));
                for (int i = 1; i <= VOTES; i++) {
                    Http.vote(i % 2 == 0 ? cluster.a() : cluster.b(), poll, 0, "meanwhile-" + i);
                }
                await().atMost(FAILOVER).until(redis::hasFailedOver);
                await().atMost(FAILOVER).until(() -> !a.events(e -> e.is("recovered")).isEmpty() && !b.events(e -> e.is("recovered")).isEmpty());

                a.first(e -> e.tellsOf(poll) && e.payload().getInt("totalVotes") == VOTES + 1);
                b.first(e -> e.tellsOf(poll) && e.payload().getInt("totalVotes") == VOTES + 1);
                assertThat(a.ended() || b.ended()).isFalse();
                Http.vote(cluster.b(), poll, 1, "after");
                a.first(e -> e.tellsOf(poll) && e.payload().getInt("totalVotes") == VOTES + 2);
            }
        }
    }
}
