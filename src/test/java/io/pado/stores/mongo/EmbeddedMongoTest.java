package io.pado.stores.mongo;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import io.pado.stores.Ports;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tests can do to the embedded server, and what it refuses. */
class EmbeddedMongoTest {

    private EmbeddedMongo server;
    private MongoClient client;
    private MongoDatabase database;
    private MongoCollection<Document> things;

    @BeforeEach
    void start() {
        server = new EmbeddedMongo(Ports.free());
        server.start();
        connect(server.url());
        things.insertOne(new Document("_id", "first"));
    }

    private void connect(String url) {
        client = ServerUnderTest.connect(url);
        database = client.getDatabase("pado");
        things = database.getCollection("things");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void shortHistoryLosesWhoeverIsTooFarBehind() {
        BsonDocument token = tokenOfNow();
        server.keepHistory(10);
        insert(0, 10);
        try (Heard heard = Heard.of(things.watch().startAfter(token))) {
            assertThat(heard.ids(10)).hasSize(10);
        }
        insert(10, 11);
        assertThat(failureOf(token).getCode()).isEqualTo(286);
        assertThat(failureOf(token).hasErrorLabel("NonResumableChangeStreamError")).isTrue();
    }

    @Test
    void otherCollectionsPushAnOldTokenOutUnlessItsReaderMovesOn() {
        server.keepHistory(10);
        try (Heard quiet = Heard.of(database.watch(List.of(Aggregates.match(eq("ns.coll", "quiet")))))) {
            quiet.now();
            BsonDocument old = quiet.place();
            for (int i = 0; i < 5; i++) {
                insert(i * 5, i * 5 + 5);
                assertThat(quiet.now()).isNull();
            }
            assertThat(failureOf(old).getCode()).isEqualTo(286);
            try (Heard later = Heard.of(things.watch().startAfter(quiet.place()))) {
                assertThat(later.now()).isNull();
            }
        }
    }

    @Test
    void forgottenHistoryEndsOpenStreamsToo() {
        try (Heard heard = Heard.of(things.watch())) {
            insert(0, 1);
            BsonDocument token = heard.next().getResumeToken();

            server.forgetHistory();

            assertThat(catchThrowableOfType(MongoException.class, heard::now).getCode()).isEqualTo(286);
            assertThat(failureOf(token).getCode()).isEqualTo(286);
        }
        try (Heard heard = Heard.of(things.watch())) {
            insert(1, 2);
            assertThat(heard.ids(1)).containsExactly(1);
        }
    }

    @Test
    void tokenFromTheFutureIsNotFound() {
        String data = tokenOfNow().getString("_data").getValue();
        String future = data.substring(0, 8) + "00000000FFFFFFFF" + data.substring(24);

        assertThat(failureOf(new BsonDocument("_data", new BsonString(future))).getCode()).isEqualTo(280);
    }

    @Test
    void restoredServerHasTheOldDataAndKnowsNoToken() {
        things.createIndex(Indexes.ascending("u"), new IndexOptions().unique(true).sparse(true));
        things.insertOne(new Document("_id", 1).append("u", 1));
        byte[] backup = server.backup();
        insert(2, 5);
        BsonDocument token = tokenOfNow();

        server.restore(backup);

        assertThat(things.countDocuments()).isEqualTo(2);
        assertThatThrownBy(() -> things.insertOne(new Document("_id", 9).append("u", 1))).isInstanceOf(MongoException.class);
        assertThat(failureOf(token).getCode()).isEqualTo(286);
    }

    @Test
    void stoppedServerComesBackWithItsDataAndTokens() {
        insert(0, 3);
        BsonDocument token = tokenOfNow();
        insert(3, 4);
        server.stop();
        // The selector gives the port back in its next turn.
        await().until(() -> Ports.isFree(port()));

        server.start();

        assertThat(things.countDocuments()).isEqualTo(5);
        try (Heard heard = Heard.of(things.watch().startAfter(token))) {
            assertThat(heard.ids(1)).containsExactly(3);
        }
    }

    @Test
    void openStreamGoesOnByItselfOverAStop() {
        try (Heard heard = Heard.of(things.watch())) {
            insert(0, 1);
            assertThat(heard.ids(1)).containsExactly(0);
            server.stop();
            server.start();
            insert(1, 3);
            assertThat(heard.ids(2)).containsExactly(1, 2);
        }
    }

    @Test
    void clearedServerComesBackEmpty() {
        BsonDocument token = tokenOfNow();
        server.clear();
        server.start();

        assertThat(things.countDocuments()).isZero();
        assertThat(failureOf(token).getCode()).isEqualTo(286);
    }

    @Test
    void dataGoesOnInAnotherServerWithTheTokenOfItsEnd() {
        insert(0, 2);
        BsonDocument token = tokenOfNow();
        byte[] backup = server.backup();
        close();
        server = new EmbeddedMongo(Ports.free());
        server.load(backup);
        server.start();
        connect(server.url());

        insert(2, 3);

        assertThat(things.countDocuments()).isEqualTo(4);
        try (Heard heard = Heard.of(things.watch().startAfter(token))) {
            assertThat(heard.ids(1)).containsExactly(2);
        }
    }

    @Test
    void pausedServerHangsUntilItGoesOn() throws Exception {
        server.pause();
        CompletableFuture<Void> write = CompletableFuture.runAsync(() -> insert(0, 1));
        assertThatThrownBy(() -> write.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        server.resume();

        write.get(20, TimeUnit.SECONDS);
        assertThat(things.countDocuments()).isEqualTo(2);
    }

    @Test
    void stopEndsTransactionsAndCursors() {
        try (ClientSession session = client.startSession(); Heard heard = Heard.of(things.watch())) {
            heard.now();
            session.startTransaction();
            things.insertOne(session, new Document("_id", 1));
            server.stop();
            server.start();

            assertThat(catchThrowableOfType(MongoException.class, session::commitTransaction)
                    .hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)).isTrue();
            assertThat(client.getDatabase("admin").runCommand(new Document("serverStatus", 1))
                    .getEmbedded(List.of("metrics", "cursor", "open", "total"), Long.class)).isZero();
        }
    }

    @Test
    void absentServerIsNoticedInTime() {
        server.stop();
        try (MongoClient impatient = ServerUnderTest.connect(server.url() + "&serverSelectionTimeoutMS=200")) {
            assertThatThrownBy(() -> impatient.getDatabase("pado").runCommand(new Document("ping", 1))).isInstanceOf(MongoTimeoutException.class);
        }
    }

    @Test
    void whatItWouldDoInAnotherWayIsRefused() {
        List<Runnable> wishes = List.of(
                () -> things.updateOne(eq("first"), List.of(Updates.set("a", 1))),
                () -> things.findOneAndUpdate(eq("first"), List.of(Updates.set("a", 1))),
                () -> things.find().collation(Collation.builder().locale("en").build()).first(),
                () -> things.createIndex(Indexes.ascending("a"), new IndexOptions().partialFilterExpression(eq("b", true))),
                () -> database.runCommand(Document.parse("{create: 'x', validator: {a: 1}}")),
                () -> database.runCommand(Document.parse("{create: 'x', capped: true, size: 10000}")),
                () -> things.aggregate(List.of(Document.parse("{$setWindowFields: {}}"))).first(),
                () -> things.watch(List.of(Document.parse("{$changeStreamSplitLargeEvent: {}}"))).cursor());

        IntStream.range(0, wishes.size()).forEach(i -> assertThatThrownBy(() -> wishes.get(i).run()).as("wish %d", i).isInstanceOf(MongoException.class));
    }

    private MongoException failureOf(BsonDocument token) {
        return catchThrowableOfType(MongoException.class, () -> Heard.of(things.watch().startAfter(token)).close());
    }

    private BsonDocument tokenOfNow() {
        try (Heard heard = Heard.of(things.watch())) {
            heard.now();
            return heard.place();
        }
    }

    private void insert(int from, int to) {
        IntStream.range(from, to).forEach(i -> things.insertOne(new Document("_id", i)));
    }

    private int port() {
        return Integer.parseInt(server.url().replaceAll(".*:(\\d+)/.*", "$1"));
    }
}
