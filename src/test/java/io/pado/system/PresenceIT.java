package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** Who is told what, on two nodes with a grace of 2 s. */
@ExtendWith(BriefGrace.class)
@TestMethodOrder(OrderAnnotation.class)
class PresenceIT {

    private static final Duration DEADLINE = Duration.ofSeconds(15);

    /** Starts beside the other tests. */
    private static CompletableFuture<Node> starting;

    private final Cluster cluster;
    private final People people;

    @BeforeAll
    static void startVictim(Cluster cluster) {
        starting = CompletableFuture.supplyAsync(() -> cluster.another("presence-victim", BriefGrace.SETTINGS), Crowd.BESIDE);
    }

    @AfterAll
    static void closeVictim() {
        starting.join().close();
    }

    PresenceIT(Cluster cluster) {
        this.cluster = cluster;
        this.people = new People(cluster);
    }

    @Test
    void threeTabsOnTwoNodesAndASocketAreOneOnlineAndOneOfflineInWhateverOrderTheyClose() {
        List<List<Integer>> orders = orders(List.of(0, 1, 2, 3));
        List<Login> users = people.anew(orders.size());
        Map<Integer, List<AutoCloseable>> tabs = new ConcurrentHashMap<>();
        try (Onlooking friend = People.look(people.friendOf(users), cluster.a())) {
            Crowd.run(users.size(), i -> {
                tabs.put(i, tabs(users.get(i)));
                friend.awaitTold(users.get(i), true);
                orders.get(i).subList(0, 3).forEach(tab -> close(tabs.get(i).get(tab)));
            });
            BriefGrace.pause(BriefGrace.GRACE.plusSeconds(1));
            assertThat(users).allSatisfy(user -> assertThat(friend.told(user)).containsExactly(true));
            tabs.forEach((i, own) -> close(own.get(orders.get(i).get(3))));
            users.forEach(user -> friend.awaitTold(user, true, false));
            assertThat(users).allSatisfy(user -> {
                JsonObject last = friend.changesOf(user).get(1);
                assertThat(Instant.parse(last.getString("last_seen"))).isBetween(Instant.now().minusSeconds(20), Instant.now());
                assertThat(version(last)).isGreaterThan(version(friend.changesOf(user).get(0)));
            });
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void nodeThatIsKilledTakesItsUsersOfflineWithinTenSecondsAndNobodyWhoHasATabElsewhere() {
        List<Login> users = people.anew(2);
        Node victim = starting.join();
        try (Onlooking friend = People.look(people.friendOf(users), cluster.a()); Onlooking another = People.look(people.friendOf(users), cluster.b())) {
            List<Onlooking> friends = List.of(friend, another);
            People.look(users.get(0), victim.baseUri());
            // Two of three tabs, one of them a socket.
            People.look(users.get(1), victim.baseUri());
            CafeSocket.joined(victim.baseUri(), users.get(1));
            try (Onlooking elsewhere = People.look(users.get(1), cluster.b())) {
                friends.forEach(each -> users.forEach(user -> each.awaitTold(user, true)));
                Instant killed = Instant.now();
                long begun = System.nanoTime();
                victim.kill();
                friends.forEach(each -> each.awaitTold(users.get(0), true, false));
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
                assertThat(Instant.parse(friend.changesOf(users.get(0)).get(1).getString("last_seen")))
                        .isBetween(killed.minusSeconds(3), killed.plusSeconds(1));
                BriefGrace.pause(BriefGrace.GRACE);
                assertThat(friends).allSatisfy(each -> assertThat(each.told(users.get(1))).containsExactly(true));
                assertThat(elsewhere.stream().ended()).isFalse();
            }
            friends.forEach(each -> each.awaitTold(users.get(1), true, false));
        }
    }

    @Test
    void changesWaitForATopicThatTakesNoEventsAndHoldUpNobodyElses() {
        List<Login> users = people.anew(2);
        try (Onlooking friend = People.look(people.friendOf(users), cluster.b()); Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            String key = "pado:log:presence:" + users.get(0).userId() + '@' + redis.get("pado:epoch");
            try (Onlooking stuck = People.look(users.get(0), cluster.a())) {
                friend.awaitTold(stuck.login(), true);
                redis.set(key, "x");
            }
            // Who comes and leaves later is told of first.
            try (Onlooking other = People.look(users.get(1), cluster.a())) {
                friend.awaitTold(other.login(), true);
            }
            friend.awaitTold(users.get(1), true, false);
            assertThat(friend.told(users.get(0))).containsExactly(true);
            redis.del(key);
            friend.awaitTold(users.get(0), true, false);
        }
    }

    @Test
    void greetingNamesTheStreamAndHeartbeatsAreActivity() {
        Login user = people.anew();
        Login other = people.friendOf(List.of(user));
        try (Onlooking own = People.look(user, cluster.a())) {
            JsonObject connected = own.stream().events().get(0).json();
            assertThat(connected.keySet()).containsExactly("user_id", "connectionId", "timestamp");
            assertThat(connected.getInt("user_id")).isEqualTo((int) user.userId());
            own.stream().first(event -> event.name().equals("heartbeat") && event.json().containsKey("timestamp"));
            JsonObject state = own.initial().getJsonObject(Long.toString(other.userId()));
            assertThat(state.keySet()).containsExactly("user_id", "is_online", "last_activity", "last_seen", "version");
            assertThat(state.getBoolean("is_online")).isFalse();
            assertThat(Http.json(other.get("/api/presence/" + user.userId()).body()).getString("last_activity")).isNotEmpty();
        }
    }

    @Test
    void whoHidesLooksOfflineWithAFrozenLastSeen() {
        Login user = people.anew();
        Login friend = people.friendOf(List.of(user));
        try (Onlooking looking = People.look(friend, cluster.a()); Onlooking one = People.look(user, cluster.b())) {
            looking.awaitTold(user, true);
            assertThat(hide(user, true)).isEqualTo(200);
            looking.awaitTold(user, true, false);
            String frozen = looking.changesOf(user).get(1).getString("last_seen");
            try (Onlooking another = People.look(user, cluster.a())) {
                one.close();
            }
            BriefGrace.pause(BriefGrace.GRACE.plusSeconds(1));
            assertThat(looking.told(user)).containsExactly(true, false);
            JsonObject state = Http.json(friend.get("/api/presence/" + user.userId()).body());
            assertThat(state.getBoolean("is_online")).isFalse();
            assertThat(state.getString("last_seen")).isEqualTo(frozen);
            try (Onlooking back = People.look(user, cluster.a())) {
                assertThat(hide(user, false)).isEqualTo(200);
                looking.awaitTold(user, true, false, true);
                assertThat(Http.json(user.get("/api/presence/visibility").body()).getBoolean("invisible")).isFalse();
            }
        }
    }

    @Test
    void lastSeenOutlivesRedis() {
        Login user = people.anew();
        Login friend = people.friendOf(List.of(user));
        try (Onlooking looking = People.look(friend, cluster.a())) {
            try (Onlooking own = People.look(user, cluster.b())) {
                looking.awaitTold(own.login(), true);
            }
            looking.awaitTold(user, true, false);
            String seen = looking.changesOf(user).get(1).getString("last_seen");
            await().atMost(DEADLINE).until(() -> Database.number(cluster.database(), "SELECT count(*) FROM presence WHERE last_seen IS NOT NULL AND user_id = "
                    + user.userId()) == 1);
            try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
                redis.del("pado:presence:user:" + user.userId());
            }
            assertThat(Http.json(friend.get("/api/presence/" + user.userId()).body()).getString("last_seen")).isEqualTo(seen);
        }
    }

    @Test
    void changeThatADeadNodeDidNotTellIsToldOnceByAnother() {
        Login user = people.anew();
        try (Onlooking looking = People.look(people.friendOf(List.of(user)), cluster.a()); Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            Map<String, String> change = new LinkedHashMap<>();
            change.put("u", Long.toString(user.userId()));
            change.put("o", "1");
            change.put("v", "7");
            change.put("a", "");
            change.put("s", "");
            for (int i = 0; i < 3; i++) {
                redis.xadd("pado:presence:changes", StreamEntryID.NEW_ENTRY, change);
            }
            looking.awaitTold(user, true);
            await().atMost(DEADLINE).until(() -> redis.xlen("pado:presence:changes") == 0);
            assertThat(looking.told(user)).containsExactly(true);
        }
    }

    /** As a node leaves it that dies between the database and Redis. */
    @Test
    void wishToHideThatANodeStoredAndDidNotTellIsToldByAnother() {
        Login user = people.anew();
        try (Onlooking looking = People.look(people.friendOf(List.of(user)), cluster.a()); Onlooking one = People.look(user, cluster.b())) {
            looking.awaitTold(user, true);
            Database.execute(cluster.database(), "INSERT INTO presence (user_id, hides, revision, wished_at) VALUES (%d, true, 1, now())"
                    .formatted(one.login().userId()));
            looking.awaitTold(user, true, false);
        }
    }

    @Test
    void linesAreWhatALineByLineClientReads() {
        Login user = people.anew();
        List<String> lines = DocumentsPresence.lines(cluster.a(), user, 6);
        assertThat(List.of(lines.get(0), lines.get(2), lines.get(4))).isEqualTo(List.of("connected", "initial", "heartbeat"));
        assertThat(lines.get(3)).isEqualTo("{}");
    }

    private static int hide(Login user, boolean hides) {
        return user.change("PUT", "/api/presence/visibility", "{\"invisible\":" + hides + "}").statusCode();
    }

    private List<AutoCloseable> tabs(Login user) {
        return List.of(People.look(user, cluster.a()), People.look(user, cluster.a()), People.look(user, cluster.b()),
                CafeSocket.joined(cluster.b(), user));
    }

    private static List<List<Integer>> orders(List<Integer> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (Integer first : of) {
            List<Integer> others = of.stream().filter(each -> !each.equals(first)).toList();
            orders(others).forEach(rest -> {
                List<Integer> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                all.add(order);
            });
        }
        return all;
    }

    private static long version(JsonObject status) {
        return status.getJsonNumber("version").longValue();
    }

    private static void close(AutoCloseable tab) {
        try {
            tab.close();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
