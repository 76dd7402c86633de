package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.RenameCollectionOptions;
import io.pado.launch.Node;
import io.pado.stores.mongo.EmbeddedMongo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import java.util.stream.IntStream;
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
    private static final int BURST = Integer.getInteger("pado.feed.burst", 2_000);
    private static final int INSERTED_TOGETHER = 50;
    private static final int DUPLICATE_KEY = 11_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** 4.5 s until another node has the right to watch (see {@code WatchRight}); MongoDB's stream is opened within 3 s, or the attempt has failed. */
    private static final long FAIL_OVER_MILLIS = 10_000;

    private static Cluster cluster;

    private MongoWriter writer;
    private Login user;
    private ObjectId room;
    private FeedReader one;
    private FeedReader two;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("feed", 2);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
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
            String name = "kill" + kill + '-';
            Node watching = watching();
            Thread burst = burst(name);
            one.awaitContent(name + BURST / 5);
            watching.kill();
            long killed = System.nanoTime();
            join(burst);
            awaitBurst(name);
            long all = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
            long silence = Math.max(one.silenceMillis(name), two.silenceMillis(name));
            LOG.info("FeedFaultsIT: kill " + kill + ": silence of " + silence + " ms, all told after " + all + " ms");
            assertThat(silence).as("fail-over after kill %s", kill).isLessThan(FAIL_OVER_MILLIS);
            watching.start();
        }
        assertNoReset();
    }

    @Test
    void nodeThatSleepsBeyondItsRightRepeatsNothingWhenItWakes() throws Exception {
        Node watching = watching();
        Thread burst = burst("sleep-");
        one.awaitContent("sleep-" + BURST / 5);
        signal("STOP", watching);
        try {
            await().atMost(PATIENCE).until(() -> watchingPid().filter(pid -> pid != watching.pid()).isPresent());
            join(burst);
        } finally {
            signal("CONT", watching);
        }
        awaitBurst("sleep-");
        awaitMessage("awake");
        assertNoReset();
    }

    @Test
    void mongoThatWasAwayIsWatchedOnFromWhereItWas() {
        Thread burst = burst("away-");
        one.awaitContent("away-100");
        cluster.mongo().stop();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(AWAY_SECONDS));
        cluster.mongo().start();
        join(burst);
        awaitBurst("away-");
        assertNoReset();
    }

    @Test
    void whatWasWrittenWhileRedisWasAwayFollows() {
        Thread burst = burst("redis-");
        one.awaitContent("redis-100");
        cluster.redis().stop();
        join(burst);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(AWAY_SECONDS));
        cluster.redis().start();
        awaitBurst("redis-");
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
    void damagedPlaceIsToldOnceAndRaisesTheAlarm() {
        Node watching = watching();
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
            for (int round = 0; round < 2; round++) {
                String before = redis.get("pado:feed:place");
                writer.collection("elsewhere").insertMany(IntStream.range(0, 90).mapToObj(i -> new Document("n", i)).toList());
                await().atMost(PATIENCE).until(() -> !redis.get("pado:feed:place").equals(before));
            }
            Node watching = watching();
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
    void thereIsOneCursorForAllStreams() {
        int before = cursors("total");
        try (FeedReader three = FeedReader.open(user, cluster.a()); FeedReader four = FeedReader.open(user, cluster.b())) {
            String told = awaitMessage("one cursor");
            three.awaitContent(told);
            four.awaitContent(told);
            assertThat(cursors("total")).isEqualTo(before);
            await().atMost(PATIENCE).until(() -> cursors("pinned") == 1);
        }
    }

    private int cursors(String which) {
        Document open = writer.database().runCommand(new Document("serverStatus", 1)).get("metrics", Document.class).get("cursor", Document.class)
                .get("open", Document.class);
        return ((Number) open.get(which)).intValue();
    }

    private Thread burst(String name) {
        Thread thread = new Thread(() -> {
            for (int i = 0; i < BURST; i += INSERTED_TOGETHER) {
                int from = i;
                List<Document> some = IntStream.range(from, from + INSERTED_TOGETHER).mapToObj(n -> MongoWriter.messageOf(room, name + n)).toList();
                insert(some);
            }
        }, "burst");
        thread.start();
        return thread;
    }

    /** Repeats what a server that went away may have done or not; the documents have their ids already. */
    private void insert(List<Document> some) {
        some.forEach(each -> each.append("_id", new ObjectId()));
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).ignoreExceptionsInstanceOf(MongoException.class).until(() -> {
            try {
                writer.collection("chatmessages").insertMany(some, new InsertManyOptions().ordered(false));
            } catch (MongoBulkWriteException already) {
                assertThat(already.getWriteErrors()).allMatch(error -> error.getCode() == DUPLICATE_KEY);
            }
            return true;
        });
    }

    private void awaitBurst(String name) {
        List<String> all = IntStream.range(0, BURST).mapToObj(i -> name + i).toList();
        for (FeedReader reader : List.of(one, two)) {
            reader.awaitContent(name + (BURST - 1));
            assertThat(reader.contents().stream().filter(content -> content.startsWith(name)).toList()).containsExactlyElementsOf(all);
        }
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

    private static Node watching() {
        return await().atMost(PATIENCE).until(() -> watchingPid().flatMap(pid -> IntStream.of(1, 2).mapToObj(cluster::node)
                .filter(node -> node.isRunning() && node.pid() == pid).findFirst()), Optional::isPresent).orElseThrow();
    }

    /** As the node that watches has told all; a dead one may have told it last. */
    private static Optional<Long> watchingPid() {
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            return Optional.ofNullable(redis.get("pado:feed:progress")).map(Http::json).map(progress -> progress.getString("node"))
                    .map(node -> Long.valueOf(node.substring(node.lastIndexOf(':') + 1)));
        }
    }

    private static EmbeddedMongo inside() {
        return cluster.mongo().inside().orElseThrow();
    }

    private static void signal(String signal, Node node) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(node.pid())).start().waitFor()).isZero();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
