package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a node says of itself while MongoDB is away; features that need it have tests of their own. */
@ExtendWith(TwoNodes.class)
class MongoAwayIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

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

    private void awaitHealth(String word) {
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            HttpResponse<String> health = Http.get(cluster.a(), "/health/ready");
            assertThat(health.body()).contains("\"mongo\":\"" + word + '"');
            assertThat(health.statusCode()).isEqualTo(200);
        });
    }
}
