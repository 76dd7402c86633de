package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** What a node says of itself while MongoDB is away; features that need it have tests of their own. */
@ExtendWith(TwoNodes.class)
class MongoAwayIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /** Where the watch of MongoDB is. */
    private static final String PLACE = "pado:feed:place";

    private final Cluster cluster;

    MongoAwayIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void awaitMongo() {
        awaitHealth("up");
    }

    @Test
    void nodeStaysReadyAndSaysThatMongoIsAway() {
        awaitHealth("up");
        cluster.mongo().stop();
        try {
            awaitHealth("away");
        } finally {
            cluster.mongo().start();
        }
        awaitHealth("up");
        cluster.mongo().pause();
        try {
            awaitHealth("away");
        } finally {
            cluster.mongo().resume();
        }
    }

    /** It waits neither for the watch's first place nor for what the demo has in MongoDB, and sees to both later. */
    @Test
    void nodeThatStartsWithoutMongoIsReady() {
        try (Cluster own = Cluster.start("without-mongo", 1); Jedis redis = new Jedis("127.0.0.1", own.redis().port())) {
            own.node(1).stop();
            own.mongo().stop();
            redis.del(PLACE);
            try (Node late = own.another("without-mongo-2", Map.of("pado.demo", "true"))) {
                assertThat(Http.get(late.baseUri(), "/health/ready").body()).contains("\"mongo\":\"away\"", "\"documents\":\"missing\"");
                own.mongo().start();
                await().atMost(DEADLINE).until(() -> Http.get(late.baseUri(), "/health/ready").body().contains("\"documents\":\"made\""));
                await().atMost(DEADLINE).until(() -> redis.exists(PLACE));
            }
        }
    }

    private void awaitHealth(String word) {
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            HttpResponse<String> health = Http.get(cluster.a(), "/health/ready");
            assertThat(health.body()).contains("\"mongo\":\"" + word + '"');
            assertThat(health.statusCode()).isEqualTo(200);
        });
    }
}
