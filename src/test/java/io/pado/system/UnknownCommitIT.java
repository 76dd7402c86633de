package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.stores.PostgresStore;
import io.pado.stores.Stores;
import io.pado.system.SqlCable.Loss;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection to PostgreSQL that is lost while a transaction is committed: nobody on this side can know whether it was. */
@TestInstance(Lifecycle.PER_CLASS)
class UnknownCommitIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private SqlCable cable;
    private Cluster cluster;
    private Login admin;

    @BeforeAll
    void start() {
        Stores stores = Stores.forTests();
        try {
            cable = SqlCable.to(stores.embedded(PostgresStore.class).orElseThrow().port());
            String url = "jdbc:postgresql://127.0.0.1:" + cable.port() + "/pado?prepareThreshold=0";
            cluster = Cluster.start("unknown-commit", 1, Map.of("pado.sql.url", url), List.of(), stores);
        } finally {
            if (cluster == null) {
                stores.close();
            }
        }
        admin = cluster.login("admin");
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
            cable.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void commandIsToldSoAndWithItsKeyItIsDoneOnce(Loss loss) {
        String title = "t-" + UUID.randomUUID();
        String key = UUID.randomUUID().toString();
        String poll = "{\"title\":\"%s\",\"options\":[\"a\",\"b\"],\"anonymous\":true}".formatted(title);

        assertIsUnknown(lost(title, loss, () -> admin.post("/api/polls", poll, key)));

        JsonObject opened = Cafe.created(repeated(() -> admin.post("/api/polls", poll, key)));
        assertThat(Cafe.created(admin.post("/api/polls", poll, key))).isEqualTo(opened);
        assertThat(Database.number(cluster.database(), "SELECT count(*) FROM poll WHERE title = '" + title + "'")).isOne();
    }

    /** Those of the same moment are done together. */
    @ParameterizedTest
    @EnumSource
    void orderIsToldSoAndWithItsKeyItIsPlacedOnce(Loss loss) {
        long menu = Cafe.of(cluster).menu(4_000);
        String key = UUID.randomUUID().toString();
        String order = Cafe.byCard(menu, 1);

        assertIsUnknown(lost(key, loss, () -> admin.post("/api/orders", order, key)));

        JsonObject placed = Cafe.created(repeated(() -> admin.post("/api/orders", order, key)));
        assertThat(Cafe.created(admin.post("/api/orders", order, key))).isEqualTo(placed);
        assertThat(Database.number(cluster.database(), "SELECT count(*) FROM order_item WHERE menu_id = " + menu)).isOne();
        Cafe.assertNumbersAreComplete(cluster.database());
    }

    @ParameterizedTest
    @EnumSource
    void voteIsToldSoAndCountsOnce(Loss loss) {
        SamplePoll poll = SamplePoll.open(cluster.database());
        String voter = UUID.randomUUID().toString();
        Supplier<HttpResponse<String>> vote = () -> Http.post(cluster.a(), poll.path() + "/votes", poll.vote(0, voter));

        assertIsUnknown(lost(voter, loss, vote));

        assertThat(Http.json(Cafe.ok(repeated(vote))).getInt("totalVotes")).isOne();
    }

    private HttpResponse<String> lost(String text, Loss loss, Supplier<HttpResponse<String>> call) {
        cable.loseCommitAfter(text, loss);
        HttpResponse<String> answer = call.get();
        assertThat(cable.hasLost()).isTrue();
        return answer;
    }

    /** A connection that was lost may take others of the pool with it, which is a plain 503. */
    private static HttpResponse<String> repeated(Supplier<HttpResponse<String>> call) {
        return await().atMost(SOON).until(call::get, answer -> answer.statusCode() != 503);
    }

    private static void assertIsUnknown(HttpResponse<String> answer) {
        JsonObject problem = Cafe.refused(503, "outcome-unknown", answer);
        assertThat(problem.getBoolean("retryable")).isTrue();
        assertThat(problem.getString("detail")).contains("not known whether", "Idempotency-Key");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
