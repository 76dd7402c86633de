package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** What changes while a stream of presence begins, or is sent all states once more, or with many others. */
@ExtendWith(BriefGrace.class)
class PresenceRacesIT {

    private static final int PAIRS = 48;
    private static final int CHANGING = 60;
    private static final int LOOKING = 8;
    private static final int FRIENDS = 50;
    private static final Duration DEADLINE = Duration.ofSeconds(25);
    private static final Duration BETWEEN = Duration.ofMillis(20);
    /** A node tells Redis each 50 ms what came and left, and what it asked the database meanwhile. */
    private static final int STEP_MILLIS = 25;
    /** Each half second a node looks whose grace has ended. */
    private static final int MOST_LOOKS = 12;
    /** Of the database: two nodes may store the same, and both may have looked in the middle. */
    private static final int MOST_WRITES = 6;

    private final Cluster cluster;
    private final People people;

    PresenceRacesIT(Cluster cluster) {
        this.cluster = cluster;
        this.people = new People(cluster);
    }

    /** What one pair does at the same moment, by chance: the friend opens a stream; they become friends, or cease to be; the user hides, or does not any more. */
    @Test
    void streamThatBeginsWhileFriendshipsAndVisibilityChangeShowsWhatIsTrueInTheEnd() {
        long seed = System.nanoTime();
        List<Login> users = people.anew(PAIRS);
        List<Login> friends = people.anew(PAIRS).stream().map(friend -> friend.at(cluster.b())).toList();
        Map<Integer, Onlooking> looking = new ConcurrentHashMap<>();
        List<Onlooking> online = new ArrayList<>();
        try {
            for (int i = 0; i < PAIRS; i++) {
                online.add(Onlooking.open(users.get(i).at(i % 3 == 0 ? cluster.a() : cluster.b())));
                if (ends(i)) {
                    people.befriend(users.get(i), friends.get(i));
                } else {
                    assertThat(ask(friends.get(i), users.get(i)).statusCode()).isEqualTo(201);
                }
                if (shows(i)) {
                    assertThat(hide(users.get(i), true).statusCode()).isEqualTo(200);
                }
            }
            Random random = new Random(seed);
            List<Integer> pauses = random.ints(3L * PAIRS, 0, 30).boxed().toList();
            Crowd.run(3 * PAIRS, task -> {
                int i = task / 3;
                BriefGrace.pause(Duration.ofMillis(pauses.get(task)));
                switch (task % 3) {
                    case 0 -> looking.put(i, Onlooking.open(friends.get(i)));
                    case 1 -> assertThat((ends(i) ? users.get(i).delete("/api/friends/" + friends.get(i).userId()) : ask(users.get(i), friends.get(i))).statusCode())
                            .isIn(200, 204);
                    default -> assertThat(hide(users.get(i), !shows(i)).statusCode()).isEqualTo(200);
                }
            });
            Set<Integer> seen = new TreeSet<>();
            for (int i = 0; i < PAIRS; i++) {
                if (!ends(i) && shows(i)) {
                    seen.add(i);
                }
            }
            await("seed " + seed).atMost(DEADLINE).pollInterval(BETWEEN).untilAsserted(() -> assertThat(shown(looking, users)).isEqualTo(seen));
            BriefGrace.pause(BriefGrace.GRACE.plusSeconds(1));
            assertThat(shown(looking, users)).as("seed %d, and it stays so", seed).isEqualTo(seen);
        } finally {
            looking.values().forEach(Onlooking::close);
            online.forEach(Onlooking::close);
        }
    }

    private static boolean ends(int pair) {
        return pair % 2 == 0;
    }

    private static boolean shows(int pair) {
        return pair % 4 < 2;
    }

    private static Set<Integer> shown(Map<Integer, Onlooking> looking, List<Login> users) {
        Set<Integer> shown = new TreeSet<>();
        looking.forEach((i, each) -> {
            if (each.shows(users.get(i))) {
                shown.add(i);
            }
        });
        return shown;
    }

    /** No change is missing, none comes twice, and of what {@code initial} had already the version tells. */
    @Test
    void statesThatAreSentOnceMoreWhileTheyChangeLeaveNoGapAndWhatTheyHadIsToldByItsVersion() {
        List<Login> users = people.anew(CHANGING);
        Login who = people.friendOf(users);
        List<Onlooking> looking = new ArrayList<>();
        try (Jedis redis = redis()) {
            for (int i = 0; i < LOOKING; i++) {
                looking.add(People.look(who, i % 2 == 0 ? cluster.a() : cluster.b()));
            }
            // As if Redis had lost its data: all streams of presence are sent all states once more, some seconds later.
            redis.set("pado:presence:incarnation", "lost-" + System.nanoTime());
            Random random = new Random();
            long end = System.nanoTime() + DEADLINE.toNanos();
            while (looking.stream().anyMatch(each -> initials(each) < 2) && System.nanoTime() < end) {
                flip(redis, users.get(random.nextInt(CHANGING)).userId());
                BriefGrace.pause(Duration.ofMillis(4));
            }
            for (int i = 0; i < LOOKING; i++) {
                looking.add(People.look(who, i % 2 == 0 ? cluster.a() : cluster.b()));
                for (int j = 0; j < 10; j++) {
                    flip(redis, users.get(random.nextInt(CHANGING)).userId());
                }
            }
            Map<Long, Long> truth = new HashMap<>();
            users.forEach(user -> truth.put(user.userId(), Long.valueOf(state(redis, user.userId(), "version"))));
            assertThat(truth.values()).doesNotContain(0L);
            await().atMost(DEADLINE).pollInterval(BETWEEN).untilAsserted(() -> assertThat(looking).allSatisfy(each ->
                    assertThat(kept(each.stream().events())).isEqualTo(truth)));
            assertThat(looking.subList(0, LOOKING)).allMatch(each -> initials(each) == 2);
            Set<Long> online = new TreeSet<>();
            users.stream().map(Login::userId).filter(id -> state(redis, id, "online").equals("1")).forEach(online::add);
            assertThat(looking).as("a client that does not know versions").allSatisfy(each -> assertThat(Onlooking.online(each.stream().events())).isEqualTo(online));
        } finally {
            looking.forEach(Onlooking::close);
        }
    }

    private static int initials(Onlooking looking) {
        return looking.stream().events(event -> event.name().equals("initial")).size();
    }

    /** What the SDK keeps: the version of each state. Fails if a change comes twice, or before an older one. */
    private static Map<Long, Long> kept(List<SseEvent> events) {
        Map<Long, Long> versions = new HashMap<>();
        Map<Long, Long> changes = new HashMap<>();
        for (SseEvent event : events) {
            if (event.name().equals("initial")) {
                versions.clear();
                event.json().values().forEach(state -> versions.put(user(state.asJsonObject()), version(state.asJsonObject())));
            } else if (event.name().equals("status_change")) {
                long user = user(event.json());
                long version = version(event.json());
                assertThat(version).isGreaterThan(changes.getOrDefault(user, 0L));
                changes.put(user, version);
                versions.merge(user, version, Math::max);
            }
        }
        return versions;
    }

    /** As a step of {@code presence.lua}: state and change are one. */
    private static void flip(Jedis redis, long user) {
        redis.eval("""
                local P, id = KEYS[1], ARGV[1]
                local now = redis.call('TIME')
                local online, version = unpack(redis.call('HMGET', P .. 'user:' .. id, 'online', 'version'))
                online = online == '1' and '0' or '1'
                version = math.max(now[1] * 1000 + math.floor(now[2] / 1000), tonumber(version or 0) + 1)
                redis.call('HSET', P .. 'user:' .. id, 'online', online, 'version', string.format('%.0f', version), 'seen', '7')
                redis.call('XADD', P .. 'changes', '*', 'u', id, 'o', online, 'v', string.format('%.0f', version), 'a', '', 's', '7')""",
                List.of("pado:presence:"), List.of(Long.toString(user)));
    }

    private static String state(Jedis redis, long user, String field) {
        String value = redis.hget("pado:presence:user:" + user, field);
        return value == null ? "0" : value;
    }

    @Test
    void friendsWhoChangeTogetherAreToldAndStoredTogether() {
        List<Login> users = people.anew(FRIENDS);
        List<Stream> streams = new CopyOnWriteArrayList<>();
        try (Onlooking popular = People.look(people.friendOf(users), cluster.b())) {
            Crowd.run(FRIENDS, i -> streams.add(Stream.open(cluster.a(), "/api/stream?topic=public:a&token=" + users.get(i).token())));
            users.forEach(user -> popular.awaitTold(user, true));
            List<SseEvent> came = changes(popular);
            assertThat(came).hasSize(FRIENDS);
            List<Long> steps = steps(came);
            assertThat(steps).as("steps of Redis").hasSizeLessThanOrEqualTo((int) (steps.get(steps.size() - 1) - steps.get(0)) / STEP_MILLIS + 3);

            Crowd.run(FRIENDS, i -> streams.get(i).close());
            users.forEach(user -> popular.awaitTold(user, true, false));
            List<SseEvent> left = changes(popular).subList(FRIENDS, 2 * FRIENDS);
            assertThat(changes(popular)).hasSize(2 * FRIENDS);
            assertThat(steps(left)).as("steps of Redis").hasSizeLessThanOrEqualTo(MOST_LOOKS);
            assertThat(moments(left)).as("moments in which something came").isLessThan(FRIENDS / 2);
            String ids = String.join(",", users.stream().map(user -> Long.toString(user.userId())).toList());
            await().atMost(DEADLINE).until(() -> Database.number(cluster.database(),
                    "SELECT count(*) FROM presence WHERE last_seen IS NOT NULL AND user_id IN (" + ids + ")") == FRIENDS);
            assertThat(Database.number(cluster.database(), "SELECT count(DISTINCT xmin::text) FROM presence WHERE user_id IN (" + ids + ")"))
                    .as("transactions that stored when they were seen last").isLessThanOrEqualTo(MOST_WRITES);
        } finally {
            streams.forEach(Stream::close);
        }
    }

    /** Versions are the milliseconds of the steps in which they were made. */
    private static List<Long> steps(List<SseEvent> changes) {
        return changes.stream().map(event -> version(event.json())).distinct().sorted().toList();
    }

    private static List<SseEvent> changes(Onlooking looking) {
        return looking.stream().events(event -> event.name().equals("status_change"));
    }

    /** What came within 10 ms of what came before is of the same moment. */
    private static int moments(Collection<SseEvent> events) {
        int moments = 0;
        long last = Long.MIN_VALUE;
        for (SseEvent event : events) {
            moments += last == Long.MIN_VALUE || event.nanos() - last > Duration.ofMillis(10).toNanos() ? 1 : 0;
            last = event.nanos();
        }
        return moments;
    }

    private static long user(JsonObject state) {
        return state.getJsonNumber("user_id").longValue();
    }

    private static long version(JsonObject state) {
        return state.getJsonNumber("version").longValue();
    }

    private static HttpResponse<String> ask(Login sender, Login receiver) {
        return sender.post("/api/friends/requests", "{\"user_id\":" + receiver.userId() + "}");
    }

    private static HttpResponse<String> hide(Login user, boolean hides) {
        return user.change("PUT", "/api/presence/visibility", "{\"invisible\":" + hides + "}");
    }

    private Jedis redis() {
        return new Jedis("127.0.0.1", cluster.redis().port());
    }
}
