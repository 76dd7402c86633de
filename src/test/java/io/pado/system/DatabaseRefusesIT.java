package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A PostgreSQL that answers, but refuses: what it can serve is served, and all goes on by itself. */
@ExtendWith(TwoNodes.class)
class DatabaseRefusesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String LOG_LINE = "Requests fail because the database cannot do what they need";
    private static final String CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'pado'";
    /** More than a driver takes to keep a statement's plan (5), on each connection that is likely to be used. */
    private static final int OFTEN = 60;

    private final Cluster cluster;
    private final DataSource superuser;
    private final SamplePoll poll;
    private final Login barista;
    private final Login publisher;

    DatabaseRefusesIT(Cluster cluster) {
        this.cluster = cluster;
        superuser = cluster.postgres().superuser();
        poll = SamplePoll.open(cluster.database());
        barista = cluster.login("barista");
        publisher = cluster.login("publisher");
    }

    @AfterEach
    void awaitWrites() {
        Database.execute(superuser, "ALTER ROLE pado LOGIN");
        Database.execute(superuser, "ALTER ROLE pado RESET ALL");
        Database.execute(superuser, "ALTER DATABASE pado RESET ALL");
        Database.execute(superuser, CUT);
        await().atMost(SOON).until(() -> vote().statusCode() == 200 && voteAtB().statusCode() == 200 && ready().contains("\"sql\":\"up\""));
        cluster.awaitLog();
    }

    @Test
    void readsAreServedByADatabaseThatTakesNoWrites() {
        long said = logLength();
        long menu = Cafe.of(cluster).menu(1_000);
        String topic = LiveIT.topic("public");
        Database.execute(superuser, "ALTER DATABASE pado SET default_transaction_read_only = on");
        Database.execute(superuser, CUT);
        await().atMost(SOON).until(() -> ready().contains("\"sql\":\"read-only\""));

        assertUnavailable(this::vote);
        assertUnavailable(() -> barista.post("/api/orders", Cafe.byCard(menu, 1)));
        assertUnavailable(() -> Http.post(cluster.a(), "/api/auth/login/json", Login.credentials("user1@demo.pado", "pado-demo")));
        assertUnavailable(() -> Login.register(cluster.a()));
        assertUnavailable(() -> barista.post("/api/orders", Cafe.byCard(menu, 1), "read-only-key"));
        assertThat(Http.get(cluster.a(), poll.path()).statusCode()).isEqualTo(200);
        assertThat(barista.get("/api/auth/me").statusCode()).isEqualTo(200);
        assertThat(barista.get("/api/orders").statusCode()).isEqualTo(200);
        try (Stream stream = Stream.open(cluster.b(), "/api/stream?topic=" + topic)) {
            stream.first(e -> e.is("joined"));
            String id = LiveIT.publish(publisher, topic, 1);
            stream.first(e -> e.id().equals(id));
        }
        assertThat(Http.get(cluster.a(), "/health/ready").statusCode()).isEqualTo(200);

        // Existing connections do not hear of this: they must go.
        Database.execute(superuser, "ALTER DATABASE pado RESET default_transaction_read_only");
        await().atMost(SOON).until(() -> ready().contains("\"sql\":\"up\""));
        await().atMost(SOON).until(() -> vote().statusCode() == 200);
        Crowd.run(OFTEN, i -> assertThat(vote().statusCode()).isEqualTo(200));
        assertThat(Cafe.order(barista, Cafe.byCard(menu, 1)).getString("orderId")).isNotEmpty();
        assertToldOnce(said, "read-only transaction");
    }

    @Test
    void lockThatIsNotGivenIsARefusalThatPasses() {
        long said = logLength();
        Database.execute(superuser, "ALTER ROLE pado SET lock_timeout = '200ms'");
        Database.execute(superuser, CUT);
        await().atMost(SOON).until(() -> vote().statusCode() == 200);
        try (Database.Hold held = Database.hold(superuser, "SELECT id FROM poll WHERE id = " + poll.id() + " FOR UPDATE")) {
            assertUnavailable(this::vote);
            assertUnavailable(this::vote);
            assertThat(Http.get(cluster.a(), poll.path()).statusCode()).isEqualTo(200);
            held.commit();
        }
        assertThat(vote().statusCode()).isEqualTo(200);
        assertThat(lines(said, LOG_LINE + ": ")).hasSize(1);
    }

    @Test
    void loginThatIsRevokedIsARefusalThatPasses() {
        Database.execute(superuser, "ALTER ROLE pado NOLOGIN");
        Database.execute(superuser, CUT);
        for (Callable<HttpResponse<String>> call : List.<Callable<HttpResponse<String>>>of(this::vote, this::login,
                () -> Http.get(cluster.a(), poll.path()), () -> barista.get("/api/auth/me"))) {
            assertUnavailable(call);
        }
        assertThat(Http.get(cluster.a(), "/health/ready").statusCode()).isEqualTo(503);

        Database.execute(superuser, "ALTER ROLE pado LOGIN");
        await().atMost(SOON).until(() -> vote().statusCode() == 200);
        assertThat(barista.get("/api/auth/me").statusCode()).isEqualTo(200);
    }

    @Test
    void statementsThatWerePreparedBeforeATableChangedAreMadeAnew() {
        Crowd.run(OFTEN, i -> assertThat(vote().statusCode()).isEqualTo(200));
        for (String type : List.of("varchar(500)", "text")) {
            Database.execute(cluster.database(), "ALTER TABLE poll ALTER COLUMN title TYPE " + type);
            List<Integer> answers = new ArrayList<>();
            await().atMost(SOON).pollInterval(Duration.ZERO).until(() -> {
                int before = answers.size();
                for (int i = 0; i < OFTEN; i++) {
                    answers.add(i % 2 == 0 ? vote().statusCode() : Http.get(cluster.a(), poll.path()).statusCode());
                }
                return answers.subList(before, answers.size()).stream().allMatch(status -> status == 200);
            });
            assertThat(answers).isSubsetOf(200, 503);
        }
    }

    private static void assertUnavailable(Callable<HttpResponse<String>> call) {
        try {
            HttpResponse<String> answer = call.call();
            Problems.assertIs(503, answer);
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Begin, cause and end; and nothing that looks like a fault of ours. */
    private void assertToldOnce(long from, String cause) {
        assertThat(lines(from, LOG_LINE + ": no more for")).isEmpty();
        await().atMost(SOON).until(() -> lines(from, LOG_LINE + ": no more for").size() == 1);
        assertThat(lines(from, LOG_LINE)).hasSize(2);
        assertThat(lines(from, LOG_LINE).get(0)).contains(cause);
        assertThat(lines(from, "ERROR")).isEmpty();
        assertThat(lines(from, "CWWJP9991W")).isEmpty();
    }

    private HttpResponse<String> vote() {
        return Http.post(cluster.a(), poll.path() + "/votes", poll.vote(0, "refused"));
    }

    private HttpResponse<String> voteAtB() {
        return Http.post(cluster.b(), poll.path() + "/votes", poll.vote(0, "refused"));
    }

    private HttpResponse<String> login() {
        return Http.post(cluster.a(), "/api/auth/login/json", Login.credentials("user1@demo.pado", "pado-demo"));
    }

    private String ready() {
        return Http.get(cluster.a(), "/health/ready").body().replace(" ", "");
    }

    private long logLength() {
        return cluster.node(1).logFile().toFile().length();
    }

    private List<String> lines(long from, String word) {
        try {
            byte[] log = Files.readAllBytes(cluster.node(1).logFile());
            return new String(log, (int) from, log.length - (int) from, StandardCharsets.UTF_8).lines().filter(line -> line.contains(word)).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
