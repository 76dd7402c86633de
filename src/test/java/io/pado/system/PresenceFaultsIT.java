package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What friends are told while nodes and Redis are paused, lost and replaced. */
@ExtendWith(BriefGrace.class)
class PresenceFaultsIT {

    private static final Duration BEYOND_THE_LEASE = Duration.ofSeconds(8);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final People people;

    PresenceFaultsIT(Cluster cluster) {
        this.cluster = cluster;
        this.people = new People(cluster);
    }

    @Test
    void nodeThatWasPausedBringsBackWhoIsThereAndNobodyElse() {
        List<Login> users = people.anew(2);
        try (Onlooking friend = People.look(people.friendOf(users), cluster.a()); Onlooking stays = People.look(users.get(0), cluster.b())) {
            Onlooking leaves = People.look(users.get(1), cluster.b());
            users.forEach(user -> friend.awaitTold(user, true));
            signal(cluster.node(2), "STOP");
            try {
                leaves.close();
                users.forEach(user -> friend.awaitTold(user, true, false));
            } finally {
                signal(cluster.node(2), "CONT");
            }
            friend.awaitTold(users.get(0), true, false, true);
            BriefGrace.pause(BriefGrace.GRACE.plusSeconds(2));
            assertThat(friend.told(users.get(1))).containsExactly(true, false);
            assertThat(stays.stream().ended()).isFalse();
        }
    }

    @Test
    void nobodyIsToldOfflineBecauseRedisWasAway() {
        List<Login> users = people.anew(3);
        try (Onlooking friend = People.look(people.friendOf(users), cluster.a()); Onlooking one = People.look(users.get(0), cluster.a());
                Onlooking two = People.look(users.get(1), cluster.b())) {
            Onlooking leaves = People.look(users.get(2), cluster.b());
            users.forEach(user -> friend.awaitTold(user, true));
            cluster.redis().stop();
            try {
                friend.stream().first(event -> event.name().equals("degraded"));
                Problems.assertIs(503, users.get(0).get("/api/presence/friends"));
                leaves.close();
                BriefGrace.pause(BEYOND_THE_LEASE);
            } finally {
                cluster.redis().start();
            }
            friend.stream().first(event -> event.name().equals("recovered"));
            friend.awaitTold(users.get(2), true, false);
            BriefGrace.pause(BriefGrace.GRACE);
            assertThat(friend.told(users.get(0))).containsExactly(true);
            assertThat(friend.told(users.get(1))).containsExactly(true);
        }
        cluster.awaitLog();
    }

    @Test
    void emptiedRedisIsRebuiltByTheNodesAndFriendsSeeWhatIsTrue() {
        List<Login> users = people.anew(2);
        try (Onlooking friend = People.look(people.friendOf(users), cluster.a()); Onlooking stays = People.look(users.get(0), cluster.b())) {
            Onlooking leaves = People.look(users.get(1), cluster.b());
            users.forEach(user -> friend.awaitTold(user, true));
            cluster.redis().kill();
            try {
                friend.stream().first(event -> event.name().equals("degraded"));
                leaves.close();
            } finally {
                cluster.redis().startEmpty();
            }
            await().atMost(DEADLINE).until(() -> Http.json(friend.login().get("/api/presence/" + users.get(0).userId()).body()).getBoolean("is_online", false));
            friend.awaitShown(users.get(1), false);
            assertThat(friend.told(users.get(0))).doesNotContain(false);
            await().atMost(DEADLINE).until(() -> friend.stream().events(event -> event.name().equals("initial")).size() > 1);
            assertThat(friend.shows(users.get(0))).isTrue();
        }
        cluster.awaitLog();
    }

    @Test
    void nodeThatStopsInOrderIsNotNoticed() {
        List<Login> users = people.anew(20);
        Node old = cluster.another("presence-old", BriefGrace.SETTINGS);
        try (Onlooking friend = People.look(people.friendOf(users), cluster.a())) {
            List<URI> nodes = new CopyOnWriteArrayList<>(List.of(old.baseUri(), cluster.b()));
            List<FeedReader> readers = users.stream().map(user -> FeedReader.open(user, "/api/presence/stream", nodes)).toList();
            users.forEach(user -> friend.awaitTold(user, true));
            old.stop();
            BriefGrace.pause(BEYOND_THE_LEASE);
            assertThat(users).allSatisfy(user -> assertThat(friend.told(user)).containsExactly(true));
            readers.forEach(FeedReader::close);
            users.forEach(user -> friend.awaitTold(user, true, false));
        } finally {
            old.close();
        }
    }

    static void signal(Node node, String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(node.pid())).start().waitFor()).isZero();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
