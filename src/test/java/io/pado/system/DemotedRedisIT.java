package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.stores.RedisPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A Redis behind a fixed name that becomes a replica, and lives on, while the name leads to the new primary. */
class DemotedRedisIT {

    private static final int VOTES = 10;
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void nodesLeaveItAndGoOnWithWhoTakesWrites() {
        try (RedisPair redis = new RedisPair();
                Cable name = Cable.to(redis.primaryPort());
                Cluster cluster = Cluster.start("demoted", 1, Map.of("pado.redis.url", "redis://" + name.uri().getAuthority()))) {
            SamplePoll poll = SamplePoll.open(cluster.database());
            Login publisher = cluster.login("publisher");
            try (Stream votes = Stream.ofVotes(cluster.a())) {
                Http.vote(cluster.a(), poll, 0, "before");
                votes.first(e -> e.tellsOf(poll));

                // Connections that are open stay with the old one.
                redis.exchange();
                name.lead(redis.replicaPort());
                for (int i = 1; i <= VOTES; i++) {
                    Http.vote(cluster.a(), poll, 0, "meanwhile-" + i);
                }
                votes.first(e -> e.is("degraded"));
                votes.first(e -> e.is("recovered"));
                votes.first(e -> e.tellsOf(poll) && e.payload().getInt("totalVotes") == VOTES + 1);
                assertThat(votes.ended()).isFalse();
                assertThat(publisher.post("/api/topics/public:demoted/events", "{\"data\":1}").statusCode()).isEqualTo(201);
                try (Stream late = Stream.ofVotes(cluster.a())) {
                    Http.vote(cluster.a(), poll, 1, "after");
                    late.first(e -> e.tellsOf(poll) && e.payload().getInt("totalVotes") == VOTES + 2);
                }
                await().atMost(SOON).untilAsserted(() -> {
                    assertThat(clients(redis.primaryPort())).isEmpty();
                    assertThat(Database.count(cluster.database(), "outbox")).isZero();
                });
            }
        }
    }

    /** @return who is connected, but for the new primary and who asks */
    private static List<String> clients(int port) {
        try (Jedis asking = new Jedis("127.0.0.1", port)) {
            String mine = "id=" + asking.clientId() + " ";
            return asking.clientList().lines().filter(line -> !line.startsWith(mine) && !line.contains(" flags=M ")).toList();
        }
    }
}
