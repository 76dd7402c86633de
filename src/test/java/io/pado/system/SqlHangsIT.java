package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * A PostgreSQL that says nothing any more, or holds a lock for long: what needs it gets 503 within a bounded time, everything else is served, and all
 * goes on by itself. And nodes that start before it is there.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SqlHangsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofMinutes(2);
    private static final String TIMEOUT_SECONDS = "2";
    private static final String SILENCE_SECONDS = "3";
    private static final int MORE_THAN_THE_POOL_HAS_PLACES_FOR = 30;

    private Cluster cluster;
    private Cable cable;
    private Node node;
    private SamplePoll poll;

    @BeforeAll
    void start() {
        cluster = Cluster.start("sql-hangs", 1);
        poll = SamplePoll.open(cluster.database());
        cable = Cable.to(cluster.postgres().port());
        node = cluster.another("sql-hangs-far", Map.of("pado.sql.url", url(cable), "pado.sql.timeout", TIMEOUT_SECONDS, "pado.sql.silence", SILENCE_SECONDS));
    }

    @AfterAll
    void stop() {
        cable.release();
        try (Cluster ending = cluster; Cable way = cable; Node far = node) {
            assertThat(List.of(far.isRunning(), ending.node(1).isRunning())).containsOnly(true);
            assertThat(way).isNotNull();
        }
    }

    @Test
    void databaseThatSaysNothingAnyMoreTakesNoNode() {
        URI far = node.baseUri();
        Login user = cluster.login("admin").at(far);
        try (Stream votes = Stream.ofVotes(far)) {
            assertThat(vote(far, "before")).isEqualTo(200);
            cable.hold();
            List<CompletableFuture<HttpResponse<String>>> held = atOnce(i -> () -> i % 2 == 0
                    ? Http.post(far, poll.path() + "/votes", poll.vote(0, "held-" + i)) : user.get("/api/auth/me"));
            int heard = votes.comments().size();
            await().atMost(SOON).until(() -> votes.comments().size() > heard + 1);
            held.forEach(answer -> assertIsPassing(answer.join()));
            Problems.assertIs(503, Http.post(far, poll.path() + "/votes", poll.vote(0, "later")));

            cable.release();
            await().atMost(SOON).until(() -> vote(far, "afterwards") == 200);
            votes.first(e -> e.tellsOf(poll));
            assertThat(votes.ended()).isFalse();
            await().atMost(SOON).until(() -> Http.get(far, "/health/ready").statusCode() == 200);
        }
    }

    /** Each waits with a connection and a thread, or for one who does. */
    @Test
    void lockedTableTakesNoNode() {
        URI far = node.baseUri();
        Login user = cluster.login("admin").at(far);
        try (Database.Hold hold = Database.hold(cluster.postgres().superuser(), "LOCK TABLE app_user IN ACCESS EXCLUSIVE MODE")) {
            assertThat(hold).isNotNull();
            List<CompletableFuture<HttpResponse<String>>> waiting = atOnce(i -> () -> i % 2 == 0
                    ? Http.post(far, "/api/auth/login/json", Login.credentials("nobody-" + i + "@demo.pado", "locked out"))
                    : user.get("/api/auth/me"));
            waiting.forEach(answer -> assertIsPassing(answer.join()));
            assertThat(vote(far, "meanwhile")).isEqualTo(200);
            assertThat(Http.get(far, "/health/ready").statusCode()).isEqualTo(200);
        }
        await().atMost(SOON).until(() -> user.get("/api/auth/me").statusCode() == 200);
    }

    @Test
    void nodeThatStartsBeforeItsDatabaseServesOnceThatIsThere() throws IOException {
        // What an earlier run of the test said does not count.
        Files.deleteIfExists(logFile("it-sql-hangs-early"));
        try (Cable way = Cable.to(cluster.postgres().port())) {
            way.cut();
            CompletableFuture<Node> starting = starting("sql-hangs-early", Map.of("pado.sql.url", url(way)));
            await().atMost(START).until(() -> log("it-sql-hangs-early").contains("The start of the database failed and will be tried again"));
            assertThat(starting).isNotDone();

            way.mend();
            try (Node early = starting.join()) {
                assertThat(vote(early.baseUri(), "early")).isEqualTo(200);
                assertThat(log("it-sql-hangs-early")).contains("The start of the database works again after").doesNotContain("[ERROR");
            }
        }
    }

    /** As on a standby, which refuses a lock of this strength. */
    @Test
    void nodeStartsOnADatabaseThatOnlyReads() {
        try (Database.Hold hold = Database.hold(cluster.postgres().superuser(), "LOCK TABLE signing_key IN SHARE MODE")) {
            assertThat(hold).isNotNull();
            superuser("ALTER DATABASE pado SET default_transaction_read_only = on");
            try (Node reader = starting("sql-hangs-reader", Map.of()).join()) {
                assertThat(Http.get(reader.baseUri(), poll.path()).statusCode()).isEqualTo(200);
            } finally {
                superuser("ALTER DATABASE pado RESET default_transaction_read_only");
            }
        }
    }

    private CompletableFuture<Node> starting(String name, Map<String, String> own) {
        return CompletableFuture.supplyAsync(() -> cluster.another(name, own), Crowd.BESIDE);
    }

    private List<CompletableFuture<HttpResponse<String>>> atOnce(IntFunction<Supplier<HttpResponse<String>>> request) {
        return IntStream.range(0, MORE_THAN_THE_POOL_HAS_PLACES_FOR).mapToObj(request)
                .map(one -> CompletableFuture.supplyAsync(one, Crowd.BESIDE)).toList();
    }

    private int vote(URI at, String voter) {
        return Http.post(at, poll.path() + "/votes", poll.vote(0, voter)).statusCode();
    }

    private static void assertIsPassing(HttpResponse<String> answer) {
        assertThat(Problems.assertIs(503, answer).getBoolean("retryable")).isTrue();
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private static String url(Cable way) {
        return "jdbc:postgresql://127.0.0.1:" + way.uri().getPort() + "/pado";
    }

    /** Its own session may be read-only too. */
    private void superuser(String sql) {
        try (Database.Session session = Database.session(cluster.postgres().superuser())) {
            session.execute("SET default_transaction_read_only = off");
            session.execute(sql);
        }
    }

    private static String log(String node) {
        Path log = logFile(node);
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path logFile(String node) {
        return Path.of("target/nodes", node, "console.log");
    }
}
