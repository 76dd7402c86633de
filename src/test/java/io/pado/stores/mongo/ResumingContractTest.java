package io.pado.stores.mongo;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoException;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.FullDocumentBeforeChange;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a stream of changes goes on where another one was, and how long its reader waits, of any MongoDB. */
@ExtendWith(ServerUnderTest.class)
class ResumingContractTest {

    private MongoDatabase database;
    private MongoCollection<Document> things;

    @BeforeEach
    void begin(MongoDatabase fresh) {
        database = fresh;
        things = database.getCollection("things");
        things.insertOne(new Document("_id", "first"));
    }

    @Test
    void laterStreamTellsWhatCameAfterTheToken() {
        BsonDocument token;
        try (Heard heard = Heard.of(things.watch())) {
            insert(0, 3);
            token = heard.next(2).get(1).getResumeToken();
        }
        insert(3, 6);
        for (ChangeStreamIterable<Document> stream : List.of(things.watch().resumeAfter(copy(token)), things.watch().startAfter(copy(token)))) {
            try (Heard heard = Heard.of(stream)) {
                assertThat(heard.ids(4)).containsExactly(2, 3, 4, 5);
            }
        }
    }

    @Test
    void placeOfAStreamThatHeardNothingIsGood() {
        BsonDocument token;
        try (Heard heard = Heard.of(things.watch())) {
            heard.now();
            token = heard.place();
        }
        assertThat(token).isNotNull();
        insert(0, 1);
        try (Heard heard = Heard.of(things.watch().startAfter(token))) {
            assertThat(heard.ids(1)).containsExactly(0);
        }
    }

    @Test
    void placeGoesOnOverEventsThatTheStagesLeaveOut() {
        try (Heard heard = Heard.of(database.watch(List.of(Aggregates.match(eq("ns.coll", "quiet")))))) {
            heard.now();
            BsonDocument before = heard.place();
            insert(0, 50);
            heard.now();
            heard.now();

            assertThat(heard.place()).isNotEqualTo(before);
        }
    }

    @Test
    void streamBeginsAtATimeWithWhatHappenedThen() {
        BsonTimestamp time;
        try (Heard heard = Heard.of(things.watch())) {
            insert(0, 1);
            time = heard.next().getClusterTime();
        }
        insert(1, 3);
        try (Heard heard = Heard.of(things.watch().startAtOperationTime(time))) {
            assertThat(heard.ids(3)).containsExactly(0, 1, 2);
        }
    }

    @Test
    void everyAnswerSaysTheTimeFromWhichNothingIsMissed() {
        BsonTimestamp now = database.runCommand(new Document("ping", 1)).get("operationTime", BsonTimestamp.class);
        insert(0, 2);
        try (Heard heard = Heard.of(things.watch().startAtOperationTime(now))) {
            List<ChangeStreamDocument<Document>> events = heard.next(3);
            assertThat(events).extracting(event -> event.getFullDocument().get("_id")).endsWith(0, 1);
        }
    }

    @Test
    void onlyStartAfterGoesOnBehindAnInvalidate() {
        BsonDocument invalidate;
        try (Heard heard = Heard.of(things.watch())) {
            things.drop();
            invalidate = heard.next(2).get(1).getResumeToken();
        }
        insert(0, 1);
        MongoException refused = catchThrowableOfType(MongoException.class, () -> Heard.of(things.watch().resumeAfter(invalidate)).close());

        assertThat(refused.getCode()).isEqualTo(260);
        try (Heard heard = Heard.of(things.watch().startAfter(invalidate))) {
            assertThat(heard.ids(1)).containsExactly(0);
        }
    }

    /** A real server has other codes for some of these, see docs/operations.md. */
    @Test
    void damagedTokenIsRefused() {
        for (String token : List.of("{_data: 'zz'}", "{_data: ''}", "{_data: 7}", "{}", "{_data: '82'}")) {
            MongoException refused = catchThrowableOfType(MongoException.class,
                    () -> Heard.of(things.watch().startAfter(BsonDocument.parse(token))).close());
            assertThat(refused).as(token).isNotNull();
            if (ServerUnderTest.isEmbedded()) {
                assertThat(refused.getCode()).isEqualTo(token.contains("zz") ? 9 : 260);
            }
        }
    }

    @Test
    void readerWithoutEventsWaitsOnTheServer(MongoClient client) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch heard = new CountDownLatch(20);
        CountDownLatch open = new CountDownLatch(20);
        try {
            IntStream.range(0, 20).forEach(i -> threads.execute(() -> {
                try (Heard stream = Heard.of(things.watch().maxAwaitTime(10, TimeUnit.SECONDS))) {
                    open.countDown();
                    stream.next();
                    heard.countDown();
                }
            }));
            assertThat(open.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(openCursors(client)).isGreaterThanOrEqualTo(20);
            insert(0, 1);
            assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void serverCountsItsOpenCursors(MongoClient client) {
        long before = openCursors(client);
        try (Heard one = Heard.of(things.watch()); Heard other = Heard.of(database.watch())) {
            one.now();
            other.now();
            assertThat(openCursors(client)).isEqualTo(before + 2);
        }
        assertThat(openCursors(client)).isEqualTo(before);
    }

    @Test
    void eventTooLargeEndsTheStreamAndCanOnlyBeLeftOutByAskingForLess() {
        String big = "x".repeat(9 << 20);
        things.insertOne(new Document("_id", 1).append("big", big));
        database.runCommand(new Document("collMod", "things").append("changeStreamPreAndPostImages", new Document("enabled", true)));
        BsonDocument place;
        try (Heard heard = Heard.of(withImages(things.watch()))) {
            insert(10, 11);
            place = heard.next().getResumeToken();
            things.updateOne(eq(1), new Document("$set", new Document("big", big + "y")));
            insert(11, 12);
            MongoException ended = catchThrowableOfType(MongoException.class, () -> heard.next(2));
            assertThat(ended.getCode()).isEqualTo(10334);
            assertThat(ended.hasErrorLabel("NonResumableChangeStreamError")).isTrue();
        }
        MongoException again = catchThrowableOfType(MongoException.class, () -> {
            try (Heard heard = Heard.of(withImages(things.watch()).startAfter(place))) {
                heard.next();
            }
        });
        assertThat(again.getCode()).isEqualTo(10334);
        Document keys = Document.parse("{$project: {operationType: 1, ns: 1, documentKey: 1}}");
        try (Heard heard = Heard.of(withImages(things.watch(List.of(keys))).startAfter(place))) {
            assertThat(heard.ids(2)).containsExactly(1, 11);
        }
    }

    private static ChangeStreamIterable<Document> withImages(ChangeStreamIterable<Document> stream) {
        return stream.fullDocumentBeforeChange(FullDocumentBeforeChange.WHEN_AVAILABLE);
    }

    private static long openCursors(MongoClient client) {
        return client.getDatabase("admin").runCommand(new Document("serverStatus", 1)).getEmbedded(List.of("metrics", "cursor", "open", "total"),
                Number.class).longValue();
    }

    private void insert(int from, int to) {
        IntStream.range(from, to).forEach(i -> things.insertOne(new Document("_id", i)));
    }

    /** As one that was stored and read again. */
    private static BsonDocument copy(BsonDocument token) {
        return BsonDocument.parse(token.toJson());
    }
}
