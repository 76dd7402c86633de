package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** A node with {@code pado.reads.kept}, beside two that read anew each time. What it keeps shows by changes that nobody tells it of: those made by SQL. */
@ExtendWith(TwoNodes.class)
@TestInstance(Lifecycle.PER_CLASS)
class KeptReadsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int VOTES = 50;

    private final Cluster cluster;
    private Node node;
    private URI keeping;

    KeptReadsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    void start() {
        node = cluster.another("keeping", Map.of("pado.reads.kept", "600"));
        keeping = node.baseUri();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void aPollIsKeptUntilAVoteIsHeardOrMade() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        awaitKept(poll);

        Http.vote(cluster.a(), poll, 0, "elsewhere");
        until(() -> total(poll) == 1);
        for (int i = 0; i < VOTES; i++) {
            Http.vote(keeping, poll, 0, "here-" + i);
            assertThat(total(poll)).isEqualTo(i + 2);
        }
    }

    @Test
    void whoHearsAVoteReadsNothingOlder() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        try (Stream stream = Stream.ofVotes(keeping)) {
            for (int i = 0; i < VOTES; i++) {
                int votes = i + 1;
                total(poll);
                Http.vote(cluster.b(), poll, 1, "voter-" + i);
                stream.first(event -> event.tellsOf(poll) && event.payload().getInt("totalVotes") == votes);
                assertThat(total(poll)).isEqualTo(votes);
            }
        }
    }

    @Test
    void menusAreKeptUntilAChangeIsHeard() {
        Cafe cafe = Cafe.of(cluster);
        long menu = cafe.menu(4_000);
        String last = awaitKept("/api/menus", name -> sql("UPDATE menu SET name = ? WHERE id = ?", name, menu));
        cafe.soldOut(menu, true);
        until(() -> get("/api/menus").contains(last));
    }

    @Test
    void settingsAreKeptUntilAChangeIsHeardOrMade() {
        Cafe here = new Cafe(cluster.login("admin").at(keeping));
        for (int i = 0; i < 5; i++) {
            String notice = "notice " + UUID.randomUUID();
            here.set("notice", notice);
            assertThat(get("/api/settings")).contains(notice);
        }
        awaitKept("/api/settings", notice -> sql("UPDATE setting SET value = ? WHERE key = 'notice'", notice));
        Cafe.of(cluster).set("notice", "");
        until(() -> get("/api/settings").contains("\"value\":\"\""));
    }

    @Test
    void whoResumesAndSoHearsAVoteReadsNothingOlder() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        String last;
        try (Stream stream = Stream.ofVotes(keeping)) {
            last = stream.lastEventId();
        }
        for (int i = 0; i < VOTES; i++) {
            int votes = i + 1;
            total(poll);
            Http.vote(cluster.b(), poll, 1, "voter-" + i);
            try (Stream stream = Stream.ofVotes(keeping, last)) {
                last = stream.first(event -> event.tellsOf(poll) && event.payload().getInt("totalVotes") == votes).id();
                assertThat(total(poll)).isEqualTo(votes);
            }
        }
    }

    @Test
    void nothingIsKeptWhileNodesDoNotHearEachOther() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        try (Stream stream = Stream.ofVotes(keeping)) {
            awaitKept(poll);
            cluster.redis().stop();
            try {
                stream.first(event -> event.is("degraded"));
                for (String title : new String[] {"one", "two"}) {
                    rename(poll, title);
                    assertThat(get(poll.path())).contains('"' + title + '"');
                }
                Http.vote(cluster.a(), poll, 0, "meanwhile");
                assertThat(total(poll)).isEqualTo(1);
            } finally {
                cluster.redis().start();
            }
            stream.first(event -> event.is("recovered"));
            awaitKept(poll);
        } finally {
            cluster.awaitLog();
        }
    }

    @Test
    void nothingIsKeptWhileRedisRefusesEvents() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        try (Stream stream = Stream.ofVotes(keeping); Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            awaitKept(poll);
            redis.configSet("maxmemory", "1");
            try {
                stream.first(event -> event.is("degraded"));
                Http.vote(cluster.a(), poll, 0, "meanwhile");
                assertThat(total(poll)).isEqualTo(1);
                rename(poll, "meanwhile");
                assertThat(get(poll.path())).contains("\"meanwhile\"");
            } finally {
                redis.configSet("maxmemory", "0");
            }
            stream.first(event -> event.is("recovered"));
            awaitKept(poll);
        } finally {
            cluster.awaitLog();
        }
    }

    private void awaitKept(SamplePoll poll) {
        awaitKept(poll.path(), title -> rename(poll, title));
    }

    /** What is forgotten because of an earlier change is soon kept again. @return the text that was changed to, and is not seen */
    private String awaitKept(String path, Consumer<String> change) {
        AtomicReference<String> last = new AtomicReference<>();
        until(() -> {
            String before = get(path);
            last.set("by SQL " + UUID.randomUUID());
            change.accept(last.get());
            return get(path).equals(before);
        });
        return last.get();
    }

    private void rename(SamplePoll poll, String title) {
        sql("UPDATE poll SET title = ? WHERE id = ?", title, poll.id());
    }

    private int total(SamplePoll poll) {
        return Http.poll(keeping, poll).getInt("totalVotes");
    }

    private String get(String path) {
        return Http.get(keeping, path).body();
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
    }

    private void sql(String statement, Object... values) {
        try (Connection connection = cluster.database().getConnection(); PreparedStatement update = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            assertThat(update.executeUpdate()).isEqualTo(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
