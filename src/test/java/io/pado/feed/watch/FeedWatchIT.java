package io.pado.feed.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import io.pado.feed.Change;
import io.pado.feed.Watched;
import io.pado.platform.Backoff;
import io.pado.platform.Logged;
import io.pado.platform.mongo.TestMongo;
import io.pado.platform.redis.TestRedis;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.params.SetParams;

/** Two watches on real stores, as two nodes have them, but without servers: what they say and do when they lose a store or their place. */
class FeedWatchIT {

    private static final String COLLECTION = "notes";
    private static final String LEASE = "pado:lease:feed";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CROWD = 500;

    /** Tells each document by its text. */
    private static final Watched NOTES = new Watched() {

        @Override
        public String collection() {
            return COLLECTION;
        }

        @Override
        public List<String> fields() {
            return List.of("text");
        }

        @Override
        public List<Publication> told(Change change) {
            return List.of(new Publication(new Topic("feed:1"), "note", "", '"' + change.after().text("text").orElseThrow() + '"', ""));
        }
    };

    private static TestRedis stores;
    private static FeedStore store;
    private static MongoCollection<Document> notes;
    private static TestMongo writer;
    private static PublishedEvents published;
    private static List<WatchBesideServers> nodes;

    @BeforeAll
    static void start() {
        stores = new TestRedis();
        store = new FeedStore(stores.client());
        writer = new TestMongo(stores.settings().get("pado.mongo.url"));
        notes = writer.client().database().getCollection(COLLECTION);
        published = new PublishedEvents();
        nodes = Stream.of("a", "b").map(name -> WatchBesideServers.start(stores, published, NOTES)).toList();
        assertNextIsTold();
    }

    @AfterAll
    static void stop() {
        nodes.forEach(WatchBesideServers::close);
        writer.close();
        stores.close();
    }

    /** One that cannot be read, one that MongoDB refuses by that name, one that it refuses by another. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"token\": 7}", "{\"seeded\": true, \"token\": {\"_data\": \"82\"}}", "{\"seeded\": true, \"token\": {\"_data\": \"no token\"}}"})
    void damagedPlaceIsLeftOnceWithAnAlarm(String place) {
        store.clearAlarm();
        long resets = published.count("reset");
        try (Logged logged = Logged.of(FeedWatch.class)) {
            try (AbstractTransaction together = stores.client().commands().multi()) {
                together.set("pado:feed:place", place);
                // Or whoever watches would store where it is.
                together.del(LEASE);
                together.exec();
            }
            await().atMost(PATIENCE).until(() -> published.count("reset") > resets);
            assertNextIsTold();

            assertThat(published.count("reset")).isEqualTo(resets + 1);
            assertThat(store.alarm().orElseThrow().getString("reason")).isEqualTo("token");
            assertThat(logged.lines()).filteredOn(line -> line.startsWith("SEVERE The stream of MongoDB's changes was interrupted (token): ")).hasSize(1);
        }
    }

    @Test
    void lossOfMongoIsToldOnceByEachNodeAndSoIsItsReturn() {
        assertToldOnce(stores.mongo()::stop, stores.mongo()::start);
    }

    @Test
    void lossOfRedisIsToldOnceByEachNodeAndSoIsItsReturn() {
        assertToldOnce(stores.store()::stop, stores.store()::start);
    }

    @Test
    void changesOfOneBatchArePublishedInOneStep() {
        List<String> texts = IntStream.range(0, CROWD).mapToObj(i -> "crowd-" + i).toList();
        notes.insertMany(texts.stream().map(text -> new Document("text", text)).toList());
        await().atMost(PATIENCE).until(() -> published.has('"' + texts.get(CROWD - 1) + '"'));
        List<List<String>> steps = published.steps("\"crowd-");
        assertThat(steps).hasSizeLessThan(CROWD / 10);
        assertThat(steps.stream().flatMap(List::stream)).containsExactlyElementsOf(texts.stream().map(text -> '"' + text + '"').toList());
    }

    /** The stream of a database ends with it (invalidate); its place is no place to go on from but for {@code startAfter}. */
    @Test
    void watchGoesOnBehindTheEndOfItsDatabase() {
        long resets = published.count("reset");
        writer.client().database().drop();
        await().atMost(PATIENCE).until(() -> published.count("reset") > resets);
        assertNextIsTold();
        assertThat(published.count("reset")).isEqualTo(resets + 1);
        assertThat(store.alarm().orElseThrow().getString("reason")).isEqualTo("drop");
        store.clearAlarm();
    }

    /** Each node may be the one that fails first, and the one that tries again. */
    @Test
    void dropThatTheLogDidNotTakeIsToldOnce() {
        long resets = published.count("reset");
        published.refuse("reset", nodes.size());
        try (Logged logged = Logged.of(FeedWatch.class)) {
            notes.drop();
            await().atMost(PATIENCE).until(() -> published.count("reset") > resets);
            assertNextIsTold();
            assertThat(logged.lines()).filteredOn(line -> line.startsWith("SEVERE The stream of MongoDB's changes was interrupted (drop): ")).hasSize(1);
        }
        assertThat(published.isRefusing()).isFalse();
        assertThat(published.count("reset")).isEqualTo(resets + 1);
        assertThat(store.alarm().orElseThrow().getString("reason")).isEqualTo("drop");
        store.clearAlarm();
    }

    /** What another node has told meanwhile it does not know. */
    @Test
    void nodeThatHasToldOfADropTellsOfTheNextOneIfItHadLostItsRightMeanwhile() {
        long resets = published.count("reset");
        notes.drop();
        await().atMost(PATIENCE).until(() -> published.count("reset") == resets + 1);
        String holder = holder();
        do {
            // For longer than until this node asks again.
            stores.client().commands().set(LEASE, "another:1", SetParams.setParams().px(WatchRight.RENEWAL_MILLIS + 500));
            await().atMost(PATIENCE).until(() -> !Set.of("", "another").contains(holder()));
        } while (!holder().equals(holder));

        writer.client().database().createCollection(COLLECTION);
        notes.drop();
        await().atMost(PATIENCE).until(() -> published.count("reset") == resets + 2);
        assertNextIsTold();
        assertThat(published.count("reset")).isEqualTo(resets + 2);
        store.clearAlarm();
    }

    /** Long enough for several attempts; each node that failed says once so, with the cause, and once that it works again, also if the other one watches. */
    private static void assertToldOnce(Runnable stop, Runnable start) {
        long resets = published.count("reset");
        try (Logged logged = Logged.of(Backoff.class)) {
            stop.run();
            try {
                await().atMost(PATIENCE).until(() -> !logged.lines().isEmpty());
            } finally {
                start.run();
            }
            assertNextIsTold();
            await().atMost(PATIENCE).until(() -> logged.lines().stream().filter(line -> line.startsWith("INFO")).count() * 2 == logged.lines().size());
            assertThat(logged.lines()).hasSizeLessThanOrEqualTo(2 * nodes.size())
                    .allMatch(line -> line.matches("(?s)WARNING The watch of MongoDB failed and will be tried again: .+|INFO The watch of MongoDB works again after .+"));
            assertThat(logged.records().get(0).getThrown()).isNotNull();
        }
        assertThat(published.count("reset")).isEqualTo(resets);
    }

    /** @return who has the right to watch; empty for nobody */
    private static String holder() {
        String lease = stores.client().commands().get(LEASE);
        return lease == null ? "" : lease.substring(0, lease.lastIndexOf(':'));
    }

    private static void assertNextIsTold() {
        String text = UUID.randomUUID().toString();
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(MongoException.class).until(() -> notes.insertOne(new Document("text", text)).wasAcknowledged());
        await().atMost(PATIENCE).until(() -> published.has('"' + text + '"'));
    }
}
