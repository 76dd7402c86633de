package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A PostgreSQL that answers, but refuses: each state is made and taken back on a database of its own. What it can serve is served, the rest gets 503
 * with {@code Retry-After}, streams stay, and all goes on by itself.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SqlRefusesIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofSeconds(75);
    private static final int OFTEN_ENOUGH_TO_BE_PREPARED = 30;
    /** Some may be one series. */
    private static final int STATES = 10;
    private static final int MORE_THAN_THE_POOL_HAS_PLACES_FOR = 12;
    private static final int READERS = 8;
    private static final int POOL = 20;
    private static final int MORE_THAN_THE_POOL_HAS = 24;
    private static final Duration IN_TIME = Duration.ofSeconds(6);
    private static final String FAILS = "Requests fail because the database cannot do what they need";
    private static final String OVER = FAILS + ": no more for";

    private Cluster cluster;
    private SamplePoll poll;
    private String undo = "SELECT 1";

    @BeforeAll
    void start() {
        cluster = Cluster.start("sql-refuses", 1);
        poll = SamplePoll.open(cluster.database());
    }

    @AfterEach
    void takeBack() {
        superuser(undo);
        await().atMost(SOON).until(() -> vote("afterwards") == 200);
    }

    /** The log has one line for each beginning, with its cause, and one for each end; of requests, and of each loop that needs the database. */
    @AfterAll
    void stop() {
        try (Cluster ending = cluster) {
            await().atMost(QUIET).untilAsserted(() -> {
                assertThat(lines(OVER)).isNotEmpty().hasSizeLessThanOrEqualTo(STATES)
                        .hasSameSizeAs(lines(FAILS + ": ").stream().filter(line -> !line.contains(OVER)).toList());
                assertThat(lines("works again after")).hasSameSizeAs(lines("will be tried again"));
            });
            assertThat(lines("[ERROR")).isEmpty();
            assertThat(lines("Attempting to retry query")).isEmpty();
            assertThat(ending.node(1).isRunning()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "read-only|ALTER DATABASE pado SET default_transaction_read_only = on|ALTER DATABASE pado RESET default_transaction_read_only|200|read-only",
        "login revoked|ALTER ROLE pado NOLOGIN|ALTER ROLE pado LOGIN|503|refuses: 28000 invalid_authorization_specification",
        "no connections left|ALTER ROLE pado CONNECTION LIMIT 0|ALTER ROLE pado CONNECTION LIMIT -1|503|refuses: 53300 too_many_connections",
        "right to write revoked|REVOKE INSERT, UPDATE ON vote, outbox FROM pado|GRANT INSERT, UPDATE ON vote, outbox TO pado|200"
            + "|refuses: 42501 insufficient_privilege"})
    void whatIsRefusedIs503AndPassesByItself(String state, String begin, String end, int ready, String said) {
        try (Stream votes = Stream.ofVotes(cluster.a())) {
            undo = end;
            superuser(begin);
            endConnections();
            await().atMost(SOON).until(() -> vote("refused") == 503);
            assertIsPassing(Http.post(cluster.a(), poll.path() + "/votes", poll.vote(0, "refused")));
            awaitReadiness(ready, sql(said));
            assertThat(Http.get(cluster.a(), poll.path()).statusCode()).isEqualTo(ready);

            superuser(end);
            await().atMost(SOON).until(() -> vote("mended-" + state) == 200);
            votes.first(e -> e.tellsOf(poll));
            assertThat(votes.ended()).isFalse();
            // What the pool still has of the bad time leaves it with the first request that meets it; a loop may have had some while others left.
            assertThat(IntStream.range(0, OFTEN_ENOUGH_TO_BE_PREPARED).map(i -> vote("more-" + i)).filter(status -> status != 200).count())
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void lockThatIsNotGivenInTimeIs503() {
        undo = "ALTER ROLE pado RESET lock_timeout";
        superuser("ALTER ROLE pado SET lock_timeout = '500ms'");
        endConnections();
        await().atMost(SOON).until(() -> vote("before") == 200);
        try (Database.Hold hold = Database.hold(cluster.postgres().superuser(), "SELECT id FROM poll WHERE id = " + poll.id() + " FOR UPDATE")) {
            assertThat(hold).isNotNull();
            assertIsPassing(Http.post(cluster.a(), poll.path() + "/votes", poll.vote(0, "locked-out")));
            assertThat(Http.get(cluster.a(), poll.path()).statusCode()).isEqualTo(200);
        }
        assertThat(vote("let-in")).isEqualTo(200);
    }

    /** Each thread that waits for others of its batch is one that nobody else is served by. */
    @Test
    void tableThatSomebodyHasLockedIs503() {
        assertThat(vote("before")).isEqualTo(200);
        try (Database.Hold hold = Database.hold(cluster.postgres().superuser(), "LOCK TABLE vote IN ACCESS EXCLUSIVE MODE")) {
            assertThat(hold).isNotNull();
            assertIsPassing(Http.post(cluster.a(), poll.path() + "/votes", poll.vote(0, "locked-out")));
        }
        assertThat(vote("let-in")).isEqualTo(200);
    }

    @Test
    void sequenceAtItsEndIs503() {
        undo = "ALTER SEQUENCE vote_id_seq NO MAXVALUE";
        assertThat(vote("before")).isEqualTo(200);
        superuser("DO $$ BEGIN EXECUTE 'ALTER SEQUENCE vote_id_seq MAXVALUE ' || (SELECT last_value FROM vote_id_seq); END $$");
        await().atMost(SOON).untilAsserted(() ->
                assertIsPassing(Http.post(cluster.a(), poll.path() + "/votes", poll.vote(0, "too-late-" + System.nanoTime()))));
        awaitReadiness(200, sql("refuses: 2200H sequence_generator_limit_exceeded"));
    }

    /** No request fails, and nobody is told of a vote. */
    @Test
    void outboxThatCannotBePublishedIsSaidByReadiness() {
        undo = "GRANT UPDATE ON outbox_gate TO pado";
        assertThat(vote("before")).isEqualTo(200);
        superuser("REVOKE UPDATE ON outbox_gate FROM pado");
        try (Stream votes = Stream.ofVotes(cluster.a())) {
            assertThat(vote("kept")).isEqualTo(200);
            awaitReadiness(200, "\"publishing\":\"refuses: 42501 insufficient_privilege\"");
            superuser(undo);
            votes.first(e -> e.tellsOf(poll));
            awaitReadiness(200, "\"publishing\":\"up\"");
        }
    }

    /** What it asks has to wait; what others ask has not. */
    @Test
    void lockOnTheTableThatReadinessReadsTakesNoNodeOut() {
        // Connections of other tests may give up earlier.
        endConnections();
        await().atMost(SOON).until(() -> vote("not-locked") == 200);
        try (Database.Hold hold = Database.hold(cluster.postgres().superuser(), "LOCK TABLE idempotent_call IN ACCESS EXCLUSIVE MODE")) {
            awaitReadiness(200, sql("refuses: 57014 query_canceled"));
            assertThat(Http.get(cluster.a(), poll.path()).statusCode()).isEqualTo(200);
        }
        awaitReadiness(200, sql("up"));
    }

    /** Whoever asks whether a node is ready does not wait for long. */
    @Test
    void readinessWaitsForNoConnection() {
        List<SamplePoll> polls = IntStream.range(0, MORE_THAN_THE_POOL_HAS).mapToObj(i -> SamplePoll.open(cluster.database())).toList();
        List<CompletableFuture<Integer>> readers;
        try (Database.Hold hold = Database.hold(cluster.postgres().superuser(), "LOCK TABLE poll IN ACCESS EXCLUSIVE MODE")) {
            assertThat(hold).isNotNull();
            readers = polls.stream().map(each -> CompletableFuture.supplyAsync(() -> read(each), Crowd.BESIDE)).toList();
            await().atMost(SOON).until(() -> waiting() >= POOL);
            long asked = System.nanoTime();
            HttpResponse<String> health = Http.get(cluster.a(), "/health/ready");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(IN_TIME);
            assertThat(health.body()).contains(sql("away"));
            assertThat(health.statusCode()).isEqualTo(503);
        }
        readers.forEach(CompletableFuture::join);
        awaitReadiness(200, sql("up"));
    }

    /** A connection keeps the schema that it was made with. Readiness knows by itself whether tables are found, without requests that tell. */
    @Test
    void schemaThatWasNamedByMistakeLeavesWithItsConnections() {
        undo = "ALTER ROLE pado RESET search_path";
        superuser("ALTER ROLE pado SET search_path = nowhere");
        endConnections();
        await().atMost(SOON).until(() -> vote("lost") == 503);
        assertIsPassing(Http.get(cluster.a(), poll.path()));
        awaitReadiness(503, sql("refuses: 42P01 undefined_table"));

        superuser(undo);
        awaitReadiness(200, sql("up"));
        await().atMost(SOON).until(() -> vote("found") == 200);
        for (int i = 0; i < OFTEN_ENOUGH_TO_BE_PREPARED; i++) {
            assertThat(Http.get(cluster.a(), poll.path()).statusCode()).isEqualTo(200);
        }
    }

    /** What a loop of the node had open when it failed must not stay in use for as long as the loop lives. */
    @Test
    void connectionsThatAreEndedAgainAndAgainLeaveThePool() {
        for (int i = 0; i < MORE_THAN_THE_POOL_HAS_PLACES_FOR; i++) {
            endConnections();
            String voter = "round-" + i;
            await().atMost(SOON).until(() -> vote(voter) == 200);
            await().atMost(SOON).untilAsserted(() -> assertThat(lines("works again after")).hasSameSizeAs(lines("will be tried again")));
        }
        await().atMost(SOON).until(() -> Http.get(cluster.a(), "/health/ready").statusCode() == 200);
    }

    /**
     * All connections of a pool end together, so the first request that meets one says it of all; one that writes meets it when its transaction begins.
     * A loop of the node may be the first: hence more than one round.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true, true, true})
    void poolWhoseConnectionsWereEndedFailsOneRequestOnly(boolean writing) {
        // Connections of other tests may give up earlier.
        endConnections();
        await().atMost(SOON).until(() -> vote("settled") == 200);
        // Those who read the same poll share a connection.
        List<SamplePoll> polls = IntStream.range(0, READERS).mapToObj(i -> SamplePoll.open(cluster.database())).toList();
        List<CompletableFuture<Integer>> readers;
        try (Database.Hold hold = Database.hold(cluster.postgres().superuser(), "LOCK TABLE poll IN ACCESS EXCLUSIVE MODE")) {
            assertThat(hold).isNotNull();
            readers = polls.stream().map(each -> CompletableFuture.supplyAsync(() -> read(each), Crowd.BESIDE)).toList();
            await().atMost(SOON).until(() -> waiting() >= READERS);
        }
        readers.forEach(reader -> assertThat(reader.join()).isEqualTo(200));

        endConnections();
        assertThat(polls.stream().map(each -> writing ? vote(each, "afterwards") : read(each)).filter(status -> status != 200).count())
                .isLessThanOrEqualTo(1);
    }

    /** Statements that the driver has prepared are of the table as it was. */
    @Test
    void tableThatChangesUnderPreparedStatementsFailsNobodyForLong() {
        undo = "ALTER TABLE poll ALTER COLUMN title TYPE varchar(200)";
        for (int i = 0; i < OFTEN_ENOUGH_TO_BE_PREPARED; i++) {
            assertThat(Http.get(cluster.a(), poll.path()).statusCode()).isEqualTo(200);
        }
        superuser("ALTER TABLE poll ALTER COLUMN title TYPE text");
        int refused = 0;
        for (int i = 0; i < OFTEN_ENOUGH_TO_BE_PREPARED; i++) {
            HttpResponse<String> answer = Http.get(cluster.a(), poll.path());
            if (answer.statusCode() != 200) {
                assertIsPassing(answer);
                refused++;
            }
        }
        // One for each connection of the pool at most, and here one request comes after the other.
        assertThat(refused).isLessThan(OFTEN_ENOUGH_TO_BE_PREPARED / 2);
        assertThat(Http.get(cluster.a(), poll.path()).statusCode()).isEqualTo(200);
    }

    private long waiting() {
        return Database.number(cluster.postgres().superuser(),
                "SELECT count(*) FROM pg_stat_activity WHERE usename = 'pado' AND wait_event_type = 'Lock'");
    }

    private void endConnections() {
        superuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'pado'");
    }

    private static String sql(String said) {
        return "\"sql\":\"" + said + '"';
    }

    private void awaitReadiness(int status, String data) {
        await().atMost(SOON).untilAsserted(() -> {
            HttpResponse<String> health = Http.get(cluster.a(), "/health/ready");
            assertThat(health.body()).contains(data);
            assertThat(health.statusCode()).isEqualTo(status);
        });
    }

    private int read(SamplePoll one) {
        return Http.get(cluster.a(), one.path()).statusCode();
    }

    private int vote(String voter) {
        return vote(poll, voter);
    }

    private int vote(SamplePoll one, String voter) {
        return Http.post(cluster.a(), one.path() + "/votes", one.vote(0, voter)).statusCode();
    }

    private static void assertIsPassing(HttpResponse<String> answer) {
        assertThat(Problems.assertIs(503, answer).getBoolean("retryable")).isTrue();
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private List<String> lines(String text) {
        return log().lines().filter(line -> line.contains(text)).toList();
    }

    private String log() {
        try {
            return new String(Files.readAllBytes(cluster.node(1).logFile()), StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Its own session may be read-only too. */
    private void superuser(String sql) {
        try (Database.Session session = Database.session(cluster.postgres().superuser())) {
            session.execute("SET default_transaction_read_only = off");
            session.execute(sql);
        }
    }
}
