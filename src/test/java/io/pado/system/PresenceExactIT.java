package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Users who come and go by chance on two nodes, of which one is killed and one is paused meanwhile, and in the long form Redis is away:
 * {@code -Dpado.presence.users=1000 -Dpado.presence.seconds=60 -Dpado.presence.seed=7}. What friends were told last is what is true.
 */
@ExtendWith(BriefGrace.class)
class PresenceExactIT {

    private static final int USERS = Integer.getInteger("pado.presence.users", 60);
    private static final int SECONDS = Integer.getInteger("pado.presence.seconds", 10);
    private static final long SEED = Long.getLong("pado.presence.seed", System.nanoTime());
    private static final Logger LOG = Logger.getLogger(PresenceExactIT.class.getName());
    private static final int FRIENDS = 4;
    private static final int RESTLESS_THREADS = 8;
    private static final int LONG = 30;
    private static final Duration BEYOND_THE_LEASE = Duration.ofSeconds(8);
    private static final Duration DEADLINE = Duration.ofSeconds(45);

    private final Cluster cluster;
    private final People people;

    PresenceExactIT(Cluster cluster) {
        this.cluster = cluster;
        this.people = new People(cluster);
    }

    @Test
    void friendsWereToldLastWhatIsTrue() {
        LOG.log(Level.INFO, "{0} users, {1} s, -Dpado.presence.seed={2}", new Object[] {USERS, SECONDS, Long.toString(SEED)});
        List<RestlessUser> users = people.anew(USERS).stream().map(RestlessUser::new).toList();
        List<Login> logins = users.stream().map(RestlessUser::login).toList();
        List<URI> nodes = List.of(cluster.a(), cluster.b());
        List<FeedReader> friends = new ArrayList<>();
        try {
            for (int i = 0; i < FRIENDS; i++) {
                List<URI> order = i % 2 == 0 ? nodes : List.of(cluster.b(), cluster.a());
                friends.add(FeedReader.open(people.friendOf(logins), "/api/presence/stream", order));
            }
            CompletableFuture<Void> faults = CompletableFuture.runAsync(this::faults, Crowd.BESIDE);
            beRestless(users, faults);
            faults.join();
            LOG.log(Level.INFO, "settle");
            Set<Long> online = settle(users);
            LOG.log(Level.INFO, "settled");
            friends.forEach(friend -> await().alias("seed " + SEED).atMost(DEADLINE).pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(shown(friend, logins)).isEqualTo(online)));
            Login asking = people.friendOf(logins);
            JsonObject states = Http.json(asking.get("/api/presence/friends").body());
            assertThat(ids(logins, user -> states.getJsonObject(Long.toString(user.userId())).getBoolean("is_online"))).isEqualTo(online);
        } finally {
            friends.forEach(FeedReader::close);
        }
    }

    private void faults() {
        Duration part = Duration.ofSeconds(SECONDS).dividedBy(4);
        BriefGrace.pause(part);
        LOG.log(Level.INFO, "kill");
        cluster.node(2).kill();
        BriefGrace.pause(part);
        cluster.node(2).start();
        LOG.log(Level.INFO, "started");
        PresenceFaultsIT.signal(cluster.node(1), "STOP");
        BriefGrace.pause(BEYOND_THE_LEASE);
        PresenceFaultsIT.signal(cluster.node(1), "CONT");
        if (SECONDS >= LONG) {
            cluster.redis().stop();
            BriefGrace.pause(BEYOND_THE_LEASE);
            cluster.redis().start();
            cluster.awaitLog();
        }
    }

    private void beRestless(List<RestlessUser> users, CompletableFuture<Void> faults) {
        List<Node> nodes = List.of(cluster.node(1), cluster.node(2));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        Random seeds = new Random(SEED);
        long[] ofThreads = seeds.longs(RESTLESS_THREADS).toArray();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (long seed : ofThreads) {
            all.add(CompletableFuture.runAsync(() -> {
                Random random = new Random(seed);
                while (System.nanoTime() < end || !faults.isDone()) {
                    users.get(random.nextInt(users.size())).act(random, nodes);
                    BriefGrace.pause(Duration.ofMillis(random.nextInt(40)));
                }
            }, Crowd.BESIDE));
        }
        all.forEach(CompletableFuture::join);
    }

    /** @return who has a stream now */
    private Set<Long> settle(List<RestlessUser> users) {
        List<Node> nodes = List.of(cluster.node(1), cluster.node(2));
        Random random = new Random(SEED);
        Set<Long> online = new TreeSet<>();
        for (RestlessUser user : users) {
            boolean stays = random.nextBoolean();
            user.settle(stays, random, nodes);
            if (stays) {
                online.add(user.login().userId());
            }
        }
        return online;
    }

    private static Set<Long> shown(FeedReader friend, List<Login> users) {
        Set<Long> online = Onlooking.online(friend.events());
        return ids(users, user -> online.contains(user.userId()));
    }

    private static Set<Long> ids(List<Login> users, Predicate<Login> wanted) {
        return users.stream().filter(wanted).map(Login::userId).collect(Collectors.toCollection(TreeSet::new));
    }
}
