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
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

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
    void menusAndSettingsAreKeptUntilAChangeIsHeardOrMade() {
        Cafe cafe = Cafe.of(cluster);
        long menu = cafe.menu(4_000);
        String name = "renamed " + UUID.randomUUID();
        until(() -> get("/api/menus").contains("\"id\":" + menu + ','));
        String menus = get("/api/menus");
        sql("UPDATE menu SET name = ? WHERE id = ?", name, menu);
        assertThat(get("/api/menus")).isEqualTo(menus);
        cafe.soldOut(menu, true);
        until(() -> get("/api/menus").contains(name));

        Cafe here = new Cafe(cluster.login("admin").at(keeping));
        for (int i = 0; i < 5; i++) {
            String notice = "notice " + UUID.randomUUID();
            here.set("notice", notice);
            assertThat(get("/api/settings")).contains(notice);
        }
        String settings = get("/api/settings");
        sql("UPDATE setting SET value = 'by SQL' WHERE key = 'notice'");
        assertThat(get("/api/settings")).isEqualTo(settings);
        cafe.set("notice", "");
        until(() -> get("/api/settings").contains("\"value\":\"\""));
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

    /** A node keeps nothing before it hears the others. */
    private void awaitKept(SamplePoll poll) {
        until(() -> {
            String before = get(poll.path());
            rename(poll, "renamed " + UUID.randomUUID());
            return get(poll.path()).equals(before);
        });
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
