package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.model.RenameCollectionOptions;
import io.pado.launch.Node;
import io.pado.stores.mongo.EmbeddedMongo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/**
 * The watch of MongoDB through what happens to nodes and stores: nothing lost, nothing twice, all in order. {@code -Dpado.feed.kills=20 -Dpado.feed.burst=5000} kills more often,
 * {@code -Dpado.away.seconds=30} keeps stores away for longer.
 */
class FeedFaultsIT {

    private static final Logger LOG = Logger.getLogger(FeedFaultsIT.class.getName());
    private static final int KILLS = Integer.getInteger("pado.feed.kills", 1);
    private static final long AWAY_SECONDS = Long.getLong("pado.away.seconds", 2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** 4.5 s until another node has the right to watch (see {@code WatchRight}); MongoDB's stream is opened within 3 s, or the attempt has failed. */
    private static final long FAIL_OVER_MILLIS = 10_000;

    private static final int HISTORY_LOST = 286;
    private static final int USERS = 200;
    private static final int INSERTS = 200;
    private static final int INSERTS_A_SECOND = 50;
    /** Makes tokens of many users without their passwords, each of which costs a tenth of a second. */
    private static final OutsideIssuer ISSUER = new OutsideIssuer();

    private static Cluster cluster;
    private static WatchingNode watch;

    private MongoWriter writer;
    private Login user;
    private ObjectId room;
    private FeedReader one;
    private FeedReader two;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("feed", 2, Map.of("pado.jwt.outside", "crowd", "pado.jwt.outside.crowd.issuer", ISSUER.issuer(), "pado.jwt.outside.crowd.jwks",
                ISSUER.jwks().toString(), "pado.jwt.outside.crowd.audience", OutsideIssuer.AUDIENCE));
        watch = new WatchingNode(cluster);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        ISSUER.close();
    }

    @BeforeEach
    void open() {
        writer = new MongoWriter(cluster);
        user = Login.anew(cluster.a());
        room = writer.room(user.userId());
        one = FeedReader.open(user, cluster.a(), cluster.b());
        two = FeedReader.open(user, cluster.b(), cluster.a());
        awaitMessage("listening");
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        writer.close();
    }

    @Test
    void killOfTheWatchingNodeInABurstLosesAndRepeatsNothing() {
        for (int kill = 0; kill < KILLS; kill++) {
            String name = "kill" + kill;
            Node watching = watch.node();
            Burst burst = Burst.start(writer, room, name);
            burst.awaitTold(Burst.SIZE / 5, one);
            watching.kill();
            long killed = System.nanoTime();
            int told = one.contents().size();
            burst.awaitEnd().assertTold(one, two);
            long all = TimeUnit.NANOSECONDS.toMillis(Math.max(one.lastNanos(name + '-'), two.lastNanos(name + '-')) - killed);
            long silence = Math.max(one.silenceMillis(name + '-'), two.silenceMillis(name + '-'));
            LOG.info("FeedFaultsIT: " + name + " when " + told % Burst.SIZE + " were told: silence of " + silence + " ms, all told after " + all + " ms");
            assertThat(silence).as("fail-over after kill %s", kill).isLessThan(FAIL_OVER_MILLIS);
            watching.start();
        }
        assertNoReset();
    }

    @Test
    void nodeThatSleepsBeyondItsRightRepeatsNothingWhenItWakes() throws Exception {
        Node watching = watch.node();
        Burst burst = Burst.start(writer, room, "sleep");
        burst.awaitTold(Burst.SIZE / 5, one);
        WatchingNode.signal("STOP", watching);
        try {
            await().atMost(PATIENCE).until(() -> watch.pid().filter(pid -> pid != watching.pid()).isPresent());
            burst.awaitEnd();
        } finally {
            WatchingNode.signal("CONT", watching);
        }
        burst.assertTold(one, two);
        awaitMessage("awake");
        assertNoReset();
    }

    @Test
    void mongoThatWasAwayIsWatchedOnFromWhereItWas() {
        Burst burst = Burst.start(writer, room, "away");
        burst.awaitTold(100, one);
        cluster.mongo().stop();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(AWAY_SECONDS));
        cluster.mongo().start();
        burst.awaitEnd().assertTold(one, two);
        assertNoReset();
    }

    @Test
    void whatWasWrittenWhileRedisWasAwayFollows() {
        Burst burst = Burst.start(writer, room, "redis");
        burst.awaitTold(100, one);
        cluster.redis().stop();
        burst.awaitEnd();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(AWAY_SECONDS));
        cluster.redis().start();
        burst.assertTold(one, two);
        assertNoReset();
    }

    @Test
    void lostHistoryIsToldOnceAndRaisesTheAlarm() {
        inside().forgetHistory();
        awaitOneReset();
        assertAlarm("history");
    }

    @Test
    void restoredDatabaseIsToldOnceAndRaisesTheAlarm() {
        byte[] backup = inside().backup();
        inside().restore(backup);
        awaitOneReset();
        assertAlarm("history");
    }

    @Test
    void droppedAndReplacedCollectionsAreToldOnceAndRaiseTheAlarm() {
        writer.collection("bookings").insertOne(new Document("customerId", user.userId()).append("status", "pending"));
        writer.collection("bookings").drop();
        awaitOneReset();
        assertAlarm("drop");

        Document restored = new Document("customerId", user.userId()).append("status", "pending").append("serviceName", "restored");
        writer.collection("copy").insertOne(restored);
        writer.collection("copy").renameCollection(new MongoNamespace("pado", "bookings"), new RenameCollectionOptions().dropTarget(true));
        await().atMost(PATIENCE).until(() -> one.named("reset").size() == 2 && two.named("reset").size() == 2);
        assertAlarm("rename");
        writer.change(restored.getObjectId("_id"), "status", "confirmed");
        await().atMost(PATIENCE).until(() -> one.named("booking").stream().anyMatch(event -> event.data().contains("restored")
                && event.data().contains("\"previousStatus\":\"pending\"")));
    }

    @Test
    void droppedDatabaseIsToldOnceAndWatchedOn() {
        writer.database().drop();
        await().atMost(PATIENCE).until(() -> !one.named("reset").isEmpty() && !two.named("reset").isEmpty());
        assertAlarm("drop");
        room = writer.room(user.userId());
        awaitMessage("in the new database");
        assertThat(one.named("reset")).hasSize(1);
        assertThat(two.named("reset")).hasSize(1);
    }

    @Test
    void damagedPlaceIsToldOnceAndRaisesTheAlarm() {
        Node watching = watch.node();
        watching.kill();
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            redis.set("pado:feed:place", "{\"token\": 7}");
        }
        watching.start();
        awaitOneReset();
        assertAlarm("token");
    }

    @Test
    void quietCollectionsKeepTheirPlaceWhileOthersFillTheHistory() {
        inside().keepHistory(100);
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            String first = redis.get("pado:feed:place");
            for (int round = 0; round < 2; round++) {
                String before = redis.get("pado:feed:place");
                writer.collection("elsewhere").insertMany(IntStream.range(0, 90).mapToObj(i -> new Document("n", i)).toList());
                await().atMost(PATIENCE).until(() -> !redis.get("pado:feed:place").equals(before));
            }
            assertThatThrownBy(() -> writer.database().watch().startAfter(BsonDocument.parse(first).getDocument("token")).cursor())
                    .isInstanceOfSatisfying(MongoException.class, lost -> assertThat(lost.getCode()).isEqualTo(HISTORY_LOST));
            Node watching = watch.node();
            watching.kill();
            awaitMessage("quiet");
            watching.start();
            assertNoReset();
        } finally {
            inside().keepHistory(EmbeddedMongo.USUAL_HISTORY);
        }
    }

    /** By the server's own figures; a cursor of a node that was killed stays for a while, but nobody waits on it. */
    @Test
    void thereIsOneCursorForTheStreamsOfTwoHundredUsers() {
    int before = cursors("total");
        List<Stream> streams = new ArrayList<>();
        try {
            IntStream.range(0, USERS).forEach(i -> streams.add(Stream.open(i % 2 == 0 ? cluster.a() : cluster.b(),
                    "/api/realtime/stream?token=" + ISSUER.token("reader-" + UUID.randomUUID(), claims -> { }))));
            List<Long> users = streams.stream().map(stream -> stream.first(event -> event.name().equals("connected")).json())
                    .map(connected -> connected.getJsonNumber("userId").longValue()).toList();
            assertThat(users).doesNotHaveDuplicates();
            for (int i = 0; i < INSERTS; i++) {
                writer.notification(users.get(i % USERS), "crowd-" + i);
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / INSERTS_A_SECOND);
            }
            for (int i = 0; i < USERS; i++) {
                streams.get(i).several(INSERTS / USERS, event -> event.data().contains("crowd-"));
                assertThat(streams.get(i).events(event -> event.data().contains("crowd-"))).extracting(event -> event.json().getString("title"))
                        .containsExactly("crowd-" + i);
            }
            assertThat(cursors("total")).isEqualTo(before);
            await().atMost(PATIENCE).until(() -> cursors("pinned") == 1);
        } finally {
            streams.forEach(Stream::close);
        }
    }

    private int cursors(String which) {
        Document open = writer.database().runCommand(new Document("serverStatus", 1)).get("metrics", Document.class).get("cursor", Document.class)
                .get("open", Document.class);
        return ((Number) open.get(which)).intValue();
    }

    private String awaitMessage(String content) {
        String unique = content + ' ' + UUID.randomUUID();
        writer.message(room, unique);
        one.awaitContent(unique);
        two.awaitContent(unique);
        return unique;
    }

    private void awaitOneReset() {
        await().atMost(PATIENCE).until(() -> !one.named("reset").isEmpty() && !two.named("reset").isEmpty());
        awaitMessage("after the reset");
        assertThat(one.named("reset")).hasSize(1);
        assertThat(two.named("reset")).hasSize(1);
        assertThat(one.named("reset").get(0).json().keySet()).containsExactly("type", "reason", "detail");
    }

    private void assertNoReset() {
        assertThat(one.named("reset")).isEmpty();
        assertThat(two.named("reset")).isEmpty();
    }

    private static void assertAlarm(String reason) {
        Login admin = cluster.login("admin");
        assertThat(Http.json(admin.get("/api/realtime/watch").body()).getJsonObject("alarm").getString("reason")).isEqualTo(reason);
        assertThat(Http.get(cluster.b(), "/health").body()).contains(reason + ": ");
        assertThat(admin.delete("/api/realtime/watch/alarm").statusCode()).isEqualTo(204);
        assertThat(Http.json(admin.get("/api/realtime/watch").body()).keySet()).doesNotContain("alarm");
    }

    private static EmbeddedMongo inside() {
        return cluster.mongo().inside().orElseThrow();
    }
}
