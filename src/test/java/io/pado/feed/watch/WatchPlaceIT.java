package io.pado.feed.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pado.feed.Change;
import io.pado.feed.Watched;
import io.pado.platform.mongo.TestMongo;
import io.pado.platform.redis.TestRedis;
import io.pado.realtime.Publication;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.sql.PatientPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the watch begins and what it stores, on real stores. */
class WatchPlaceIT {

    private static final String COLLECTION = "things";

    private static TestRedis redis;
    private static TestMongo mongo;

    private final FeedStore store = new FeedStore(redis.client());
    private final WatchRight right = new WatchRight(store);
    private final Things things = new Things();
    private final DatabaseWatcher database = new DatabaseWatcher(mongo.client(), List.of(things));
    private final PublishedEvents published = new PublishedEvents();
    private final WatchPlace place = new WatchPlace(store, right, events(), database, List.of(things));

    /** Something happens while the watch asks for the first time what it has to remember: before it reads any state. */
    private static final class Things implements Watched {

        private Runnable meanwhile = () -> { };

        @Override
        public String collection() {
            return COLLECTION;
        }

        @Override
        public List<String> fields() {
            return List.of("s");
        }

        @Override
        public Duration remembered() {
            Runnable once = meanwhile;
            meanwhile = () -> { };
            once.run();
            return FOREVER;
        }

        @Override
        public List<Publication> told(Change change) {
            return List.of();
        }
    }

    @BeforeAll
    static void start() {
        redis = new TestRedis();
        mongo = new TestMongo(redis.settings().get("pado.mongo.url"));
    }

    @AfterAll
    static void stop() {
        mongo.close();
        redis.close();
    }

    @BeforeEach
    void begin() {
        redis.client().commands().del("pado:feed:place");
        mongo.client().database().getCollection(COLLECTION).deleteMany(new Document());
        right.renew();
        assertThat(right.isHeld()).isTrue();
    }

    @AfterEach
    void close() {
        database.close();
        right.leave();
    }

    @Test
    void veryFirstWatchTellsWhatIsWrittenFromItsFirstReadOn() {
        insert("before");
        things.meanwhile = () -> insert("meanwhile");

        database.open(place.find());
        insert("after");

        assertThat(toldUntil("after")).endsWith("meanwhile", "after");
        assertThat(store.states(Set.of(name("before"), name("meanwhile")))).containsOnlyKeys(name("before"), name("meanwhile"));
    }

    /** What was written before the new place must be in what readers fetch then. */
    @Test
    void lossOfThePlaceIsToldBeforeAnotherIsStored() {
        published.refuse("reset", 1);
        assertThatThrownBy(place::find).isInstanceOf(LogUnavailable.class);
        assertThat(store.place()).isEmpty();

        Position found = place.find();
        assertThat(published.count("reset")).isEqualTo(1);
        assertThat(Position.parse(store.place().orElseThrow())).isEqualTo(found);
    }

    @Test
    void placeThatIsSomethingElseIsDamagedAndCanBeStoredAgain() {
        redis.client().commands().hset("pado:feed:place", "x", "y");
        assertThatThrownBy(place::find).isInstanceOf(StreamOver.class);

        place.advance(Position.at(database.now()), Map.of());
        assertThat(place.find()).isNotNull();
    }

    @Test
    void watchThatDiesWhileItReadsStatesBeginsAtTheSameTimeAgain() {
        things.meanwhile = () -> {
            throw new IllegalStateException("the node dies");
        };
        assertThatThrownBy(place::find).hasMessage("the node dies");
        Position stored = Position.parse(store.place().orElseThrow());
        assertThat(stored.seeded()).isFalse();
        insert("meanwhile");

        long resets = published.count("reset");
        Position found = new WatchPlace(store, right, events(), database, List.of(things)).find();
        assertThat(published.count("reset")).isEqualTo(resets).isEqualTo(1);

        assertThat(found).isEqualTo(stored.seeded(true)).isEqualTo(Position.parse(store.place().orElseThrow()));
        database.open(found);
        assertThat(toldUntil("meanwhile")).endsWith("meanwhile");
    }

    @Test
    void nodeThatHasLostItsRightStoresNeitherPlaceNorStates() {
        place.find();
        String stored = store.place().orElseThrow();
        redis.client().commands().del(right.held().key());

        Position late = Position.after(new BsonDocument("_data", new BsonString("late")));
        assertThatThrownBy(() -> place.advance(late, Map.of("things:late", new LastState("{}", Duration.ofMinutes(1))))).isInstanceOf(LeaseLost.class);
        assertThat(store.place()).contains(stored);
        assertThat(store.states(Set.of("things:late"))).isEmpty();
        assertThat(place.at()).isNotEqualTo(late);
    }

    private FeedEvents events() {
        FeedEvents events = new FeedEvents();
        events.publisher = new PatientPublisher(published, null);
        return events;
    }

    /** A stream that begins at a time tells what was written last before it, too. */
    private List<String> toldUntil(String last) {
        List<String> told = new ArrayList<>();
        await().until(() -> {
            database.next().changes().forEach(change -> told.add(change.id().toString()));
            return told.contains(last);
        });
        return told;
    }

    private static String name(String id) {
        return Translation.nameOf(COLLECTION, id);
    }

    private static void insert(String id) {
        mongo.client().database().getCollection(COLLECTION).insertOne(new Document("_id", id).append("s", id));
    }
}
