package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** What friends are told while nodes and Redis are paused, lost and replaced. */
@ExtendWith(BriefGrace.class)
@TestMethodOrder(OrderAnnotation.class)
class PresenceFaultsIT {

    private static final int MOVED = Integer.getInteger("pado.presence.moved", 20);
    private static final int MANY = 100;
    private static final String STREAMS = "pado:presence:streams:";
    private static final int WHILE_A_NODE_STARTS = 1;
    private static final int BEFORE_REDIS_FAILS = 2;
    private static final Duration BEYOND_THE_LEASE = Duration.ofSeconds(8);
    private static final Duration REBUILT = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** Starts beside the first tests. */
    private static CompletableFuture<Node> starting;

    private final Cluster cluster;
    private final People people;

    @BeforeAll
    static void startAnother(Cluster cluster) {
        starting = CompletableFuture.supplyAsync(() -> cluster.another("presence-old", settings()), Crowd.BESIDE);
    }

    @AfterAll
    static void closeIt() {
        starting.join().close();
    }

    private static Map<String, String> settings() {
        return MOVED >= MANY ? Map.of("pado.drain.seconds", "3") : BriefGrace.SETTINGS;
    }

    PresenceFaultsIT(Cluster cluster) {
        this.cluster = cluster;
        this.people = new People(cluster);
    }

    @Test
    @Order(WHILE_A_NODE_STARTS)
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

    /** As a fail-over leaves Redis that lost its last second: somebody had come then, and somebody had left. */
    @Test
    @Order(WHILE_A_NODE_STARTS)
    void nodeTellsAgainWhatRedisHasLostOfItsLastSecond() {
        List<Login> users = people.anew(3);
        try (Onlooking friend = People.look(people.friendOf(users), cluster.a()); Onlooking stays = People.look(users.get(0), cluster.b());
                Onlooking came = People.look(users.get(1), cluster.b()); Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            users.subList(0, 2).forEach(user -> friend.awaitTold(user, true));
            String name = redis.smembers(STREAMS + came.login().userId()).iterator().next().split(" ")[0];
            String script = """
                    local P, name, came, left = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
                    local stream = string.match(redis.call('SMEMBERS', P .. 'streams:' .. came)[1], ' (%S+)$')
                    redis.call('DEL', P .. 'streams:' .. came)
                    redis.call('SREM', P .. 'held:' .. name, came .. ' ' .. stream)
                    redis.call('HSET', P .. 'user:' .. came, 'online', '0')
                    redis.call('SADD', P .. 'streams:' .. left, name .. ' gone')
                    redis.call('SADD', P .. 'held:' .. name, left .. ' gone')
                    redis.call('HSET', P .. 'user:' .. left, 'online', '1', 'version', '7', 'hides', '0:0')
                    redis.call('HSET', P .. 'steps', name, 1)""";
            redis.eval(script, List.of("pado:presence:"), List.of(name, Long.toString(users.get(1).userId()), Long.toString(users.get(2).userId())));
            friend.awaitTold(users.get(1), true, true);
            friend.awaitTold(users.get(2), false);
            assertThat(friend.told(stays.login())).containsExactly(true);
            assertThat(redis.smembers(STREAMS + stays.login().userId())).hasSize(1).noneMatch(held -> held.startsWith(name));
        }
    }

    @Test
    @Order(WHILE_A_NODE_STARTS)
    void nodesTellAgainAfterAForeignHandHasChangedAKeyOfAll() {
        List<Login> users = people.anew(2);
        try (Onlooking friend = People.look(people.friendOf(users), cluster.a()); Onlooking stays = People.look(users.get(0), cluster.b());
                Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            friend.awaitTold(users.get(0), true);
            String streams = STREAMS + stays.login().userId();
            String name = redis.smembers(streams).iterator().next().split(" ")[0];
            redis.set("pado:presence:nodes", "x");
            await().atMost(DEADLINE).until(() -> redis.smembers(streams), held -> held.size() == 1 && !held.iterator().next().startsWith(name));
            try (Onlooking comes = People.look(users.get(1), cluster.b())) {
                friend.awaitTold(comes.login(), true);
            }
            friend.awaitTold(users.get(1), true, false);
            assertThat(friend.told(stays.login())).containsExactly(true);
        }
    }

    /** {@code -Dpado.presence.moved=500}, and the nodes have the product's own patience then. */
    @Test
    @Order(BEFORE_REDIS_FAILS)
    void nodesThatAreReplacedOneAfterTheOtherAreNotNoticed() {
        List<Login> users = people.anew(MOVED);
        List<Node> started = new ArrayList<>(List.of(starting.join()));
        List<FeedReader> readers = new CopyOnWriteArrayList<>();
        try (Onlooking friend = People.look(people.friendOf(users), cluster.a())) {
            List<URI> nodes = new CopyOnWriteArrayList<>(List.of(started.get(0).baseUri()));
            if (MOVED >= MANY) {
                started.add(cluster.another("presence-other", settings()));
            }
            nodes.add(MOVED >= MANY ? started.get(1).baseUri() : cluster.b());
            Crowd.run(MOVED, i -> readers.add(FeedReader.open(users.get(i), "/api/presence/stream",
                    i % 2 == 0 || MOVED < MANY ? nodes : List.of(nodes.get(1), nodes.get(0)))));
            users.forEach(user -> friend.awaitTold(user, true));
            started.get(0).stop();
            if (MOVED >= MANY) {
                started.get(0).start();
                started.get(1).stop();
            }
            BriefGrace.pause(MOVED >= MANY ? Duration.ofSeconds(20) : BEYOND_THE_LEASE);
            assertThat(users).allSatisfy(user -> assertThat(friend.told(user)).containsExactly(true));
            readers.forEach(FeedReader::close);
            users.forEach(user -> friend.awaitTold(user, true, false));
        } finally {
            readers.forEach(FeedReader::close);
            started.forEach(Node::close);
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
            // By the next step of a node that has noticed.
            try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
                await().atMost(REBUILT).pollInterval(Duration.ofMillis(20)).until(() -> redis.exists(STREAMS + users.get(0).userId()));
            }
            await().atMost(DEADLINE).until(() -> Http.json(friend.login().get("/api/presence/" + users.get(0).userId()).body()).getBoolean("is_online", false));
            friend.awaitShown(users.get(1), false);
            assertThat(friend.told(users.get(0))).doesNotContain(false);
            await().atMost(DEADLINE).until(() -> friend.stream().events(event -> event.name().equals("initial")).size() > 1);
            assertThat(friend.shows(users.get(0))).isTrue();
        }
        cluster.awaitLog();
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
