package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pado.launch.LaunchFailure;
import io.pado.stores.LogTail;
import io.pado.stores.PostgresStore;
import io.pado.stores.Stores;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Two nodes whose PostgreSQL is behind PgBouncer in transaction mode, from an empty database on. */
@TestInstance(Lifecycle.PER_CLASS)
class PgBouncerIT {

    private static final String SETTING = "?prepareThreshold=0";
    private static final int CALLS = 400;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern OUR_FAULT = Pattern.compile("ERROR|SEVERE|will be tried again|Requests fail");

    private PgBouncer bouncer;
    private Cluster cluster;

    @BeforeAll
    void start() {
        Stores stores = Stores.forTests();
        try {
            bouncer = PgBouncer.before(stores.embedded(PostgresStore.class).orElseThrow().port());
            cluster = Cluster.start("pooled", 2, Map.of("pado.sql.url", bouncer.url() + SETTING), List.of(), stores);
        } finally {
            if (cluster == null) {
                stores.close();
            }
        }
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (bouncer != null) {
            bouncer.close();
        }
    }

    @Test
    void whatWritesAndReadsFromBothNodesWorks() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        long menu = Cafe.of(cluster).menu(4_000);
        Login kiosk = cluster.login("kiosk");
        Set<String> orders = ConcurrentHashMap.newKeySet();
        try (Stream votes = Stream.ofVotes(cluster.b())) {
            Crowd.run(CALLS, i -> {
                URI node = i % 2 == 0 ? cluster.a() : cluster.b();
                switch (i % 4) {
                    case 0, 1 -> Http.vote(node, poll, i % 3, "voter-" + i);
                    case 2 -> assertThat(Http.get(node, "/api/polls").statusCode()).isEqualTo(200);
                    default -> orders.add(Cafe.order(kiosk.at(node), Cafe.byCard(menu, 1)).getString("orderId"));
                }
            });
            votes.first(e -> e.tellsOf(poll) && e.payload().getInt("totalVotes") == CALLS / 2);
        }
        assertThat(orders).hasSize(CALLS / 4);
        assertThat(Database.number(cluster.database(), "SELECT count(*) FROM vote WHERE poll_id = " + poll.id())).isEqualTo(CALLS / 2);
        await().atMost(SOON).until(() -> Database.count(cluster.database(), "outbox") == 0);
        assertNothingFailed();
    }

    @Test
    void keyThatOneNodeMakesIsKnownToTheOther() {
        Login admin = cluster.login("admin");
        assertThat(admin.at(cluster.a()).post("/api/auth/keys", "").statusCode()).isBetween(200, 204);
        await().atMost(SOON).until(() -> !Login.of(cluster.a(), "user1").keyId().equals(admin.keyId()));
        assertThat(Login.of(cluster.a(), "user1").at(cluster.b()).get("/api/auth/me").statusCode()).isEqualTo(200);
        assertNothingFailed();
    }

    @Test
    void startWithoutTheSettingEndsAndSaysWhatToDo() {
        assertThatThrownBy(() -> cluster.another("unpooled", Map.of("pado.sql.url", bouncer.url()))).isInstanceOf(LaunchFailure.class);
        assertThat(LogTail.find(Path.of("target", "nodes", "it-unpooled", "console.log"), 0,
                Pattern.compile("put \\" + SETTING + " at the end of pado.sql.url"))).isPresent();
    }

    private void assertNothingFailed() {
        for (int node = 1; node <= 2; node++) {
            assertThat(LogTail.find(cluster.node(node).logFile(), 0, OUR_FAULT)).isEmpty();
        }
    }
}
