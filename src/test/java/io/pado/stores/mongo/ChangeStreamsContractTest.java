package io.pado.stores.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.ChangeStreamPreAndPostImagesOptions;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.RenameCollectionOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.FullDocument;
import com.mongodb.client.model.changestream.FullDocumentBeforeChange;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a stream of changes tells, of any MongoDB. */
@ExtendWith(ServerUnderTest.class)
class ChangeStreamsContractTest {

    private MongoDatabase database;
    private MongoCollection<Document> things;

    @BeforeEach
    void begin(MongoDatabase fresh) {
        database = fresh;
        things = database.getCollection("things");
        things.insertOne(new Document("_id", "first"));
    }

    @Test
    void everyKindOfWriteIsToldInOrder() {
        try (Heard heard = Heard.of(things.watch())) {
            things.insertOne(new Document("_id", 1).append("type", "a").append("n", 0));
            things.updateOne(eq(1), Updates.inc("n", 1));
            things.replaceOne(eq(1), new Document("n", 7));
            things.findOneAndUpdate(eq(1), Updates.inc("n", 1));
            things.findOneAndReplace(eq(1), new Document("n", 99));
            things.updateOne(eq("new"), Updates.set("z", 1), new UpdateOptions().upsert(true));
            things.findOneAndDelete(eq("new"));
            things.deleteOne(eq(1));

            List<ChangeStreamDocument<Document>> events = heard.next(8);

            assertThat(events).extracting(ChangeStreamDocument::getOperationTypeString)
                    .containsExactly("insert", "update", "replace", "update", "replace", "insert", "delete", "delete");
            assertThat(events.get(0).getNamespace()).isEqualTo(things.getNamespace());
            assertThat(events.get(0).getDocumentKey()).isEqualTo(new BsonDocument("_id", new BsonInt32(1)));
            assertThat(events.get(0).getFullDocument()).isEqualTo(new Document("_id", 1).append("type", "a").append("n", 0));
            assertThat(events.get(2).getFullDocument()).isEqualTo(new Document("_id", 1).append("n", 7));
            assertThat(events.get(7).getFullDocument()).isNull();
            assertThat(events.get(0).getWallTime()).isNotNull();
            assertThat(events).extracting(ChangeStreamDocument::getResumeToken).doesNotHaveDuplicates();
            assertThat(events).extracting(ChangeStreamDocument::getClusterTime).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void updateIsDescribedByItsFields() {
        things.insertOne(Document.parse("{_id: 1, status: 'pending', old: 1, inner: {a: 1, b: 2}, list: [1, 2]}"));
        try (Heard heard = Heard.of(things.watch())) {
            things.updateOne(eq(1), Updates.combine(Updates.set("status", "confirmed"), Updates.unset("old"), Updates.set("inner.a", 5),
                    Updates.push("list", 3)));

            ChangeStreamDocument<Document> event = heard.next();

            assertThat(event.getUpdateDescription().getUpdatedFields())
                    .isEqualTo(BsonDocument.parse("{status: 'confirmed', 'inner.a': 5, 'list.2': 3}"));
            assertThat(event.getUpdateDescription().getRemovedFields()).containsExactly("old");
            assertThat(event.getFullDocument()).isNull();
        }
    }

    @Test
    void writeThatChangesNothingIsNotTold() {
        things.insertOne(new Document("_id", 1).append("n", 1));
        try (Heard heard = Heard.of(things.watch())) {
            things.updateOne(eq(1), Updates.set("n", 1));
            things.updateOne(eq("nobody"), Updates.set("n", 1));
            things.deleteOne(eq("nobody"));
            things.deleteOne(eq(1));

            assertThat(heard.kinds(1)).containsExactly("delete");
        }
    }

    @Test
    void lookedUpDocumentIsTheOneOfNowAndNullOnceItIsGone() {
        things.insertOne(new Document("_id", 1).append("n", 1));
        try (Heard heard = Heard.of(things.watch().fullDocument(FullDocument.UPDATE_LOOKUP))) {
            things.updateOne(eq(1), Updates.set("n", 2));
            assertThat(heard.next().getFullDocument()).isEqualTo(new Document("_id", 1).append("n", 2));

            things.updateOne(eq(1), Updates.set("n", 3));
            things.deleteOne(eq(1));
            assertThat(heard.next().getFullDocument()).isNull();
        }
    }

    @Test
    void imagesShowTheDocumentBeforeAndAfter() {
        database.createCollection("kept", new CreateCollectionOptions()
                .changeStreamPreAndPostImagesOptions(new ChangeStreamPreAndPostImagesOptions(true)));
        MongoCollection<Document> kept = database.getCollection("kept");
        try (Heard heard = Heard.of(kept.watch().fullDocumentBeforeChange(FullDocumentBeforeChange.WHEN_AVAILABLE)
                .fullDocument(FullDocument.WHEN_AVAILABLE))) {
            kept.insertOne(new Document("_id", 1).append("n", 1));
            kept.updateOne(eq(1), Updates.set("n", 2));
            kept.updateOne(eq(1), Updates.set("n", 3));
            kept.deleteOne(eq(1));

            List<ChangeStreamDocument<Document>> events = heard.next(4);

            assertThat(events).extracting(ChangeStreamDocument::getFullDocumentBeforeChange)
                    .containsExactly(null, withN(1), withN(2), withN(3));
            assertThat(events).extracting(ChangeStreamDocument::getFullDocument).containsExactly(withN(1), withN(2), withN(3), null);
        }
    }

    @Test
    void imagesThatAreNotKeptAreNullOrEndWhoRequiresThem() {
        things.insertOne(numbered(1));
        try (Heard heard = Heard.of(things.watch().fullDocumentBeforeChange(FullDocumentBeforeChange.WHEN_AVAILABLE));
                Heard strict = Heard.of(things.watch().fullDocumentBeforeChange(FullDocumentBeforeChange.REQUIRED))) {
            things.updateOne(eq(1), Updates.set("n", 2));

            assertThat(heard.next().getFullDocumentBeforeChange()).isNull();
            assertThatThrownBy(strict::next).isInstanceOf(MongoException.class).extracting("code").isEqualTo(47);
        }
        database.runCommand(new Document("collMod", "things").append("changeStreamPreAndPostImages", new Document("enabled", true)));
        try (Heard heard = Heard.of(things.watch().fullDocumentBeforeChange(FullDocumentBeforeChange.WHEN_AVAILABLE))) {
            things.updateOne(eq(1), Updates.set("n", 3));
            assertThat(heard.next().getFullDocumentBeforeChange()).isEqualTo(new Document("_id", 1).append("n", 2));
        }
        assertThat(database.listCollections().filter(eq("name", "things")).first().get("options", Document.class))
                .isEqualTo(Document.parse("{changeStreamPreAndPostImages: {enabled: true}}"));
    }

    @Test
    void stagesChooseEventsAndFields() {
        try (Heard inserts = Heard.of(database.watch(List.of(Aggregates.match(and(in("ns.coll", "things", "others"),
                        in("operationType", "insert", "replace"))), Aggregates.project(Projections.include("operationType", "ns", "documentKey",
                        "fullDocument.room")))));
                Heard room = Heard.of(things.watch(List.of(Aggregates.match(eq("fullDocument.room", "A")))))) {
            things.insertOne(new Document("_id", 1).append("room", "A").append("secret", "x"));
            things.updateOne(eq(1), Updates.set("n", 1));
            database.getCollection("foreign").insertOne(new Document("_id", 2));
            database.getCollection("others").insertOne(new Document("_id", 3).append("room", "B"));
            things.insertOne(new Document("_id", 4).append("room", "A"));

            List<ChangeStreamDocument<Document>> chosen = inserts.next(3);

            assertThat(chosen).extracting(event -> event.getDocumentKey().getInt32("_id").getValue()).containsExactly(1, 3, 4);
            assertThat(chosen.get(0).getFullDocument()).isEqualTo(new Document("room", "A"));
            assertThat(chosen.get(0).getClusterTime()).isNull();
            assertThat(room.ids(2)).containsExactly(1, 4);
        }
    }

    @Test
    void streamThatLosesItsTokensInTheStagesEnds() {
        try (Heard heard = Heard.of(things.watch(List.of(Aggregates.project(Projections.fields(Projections.excludeId())))))) {
            things.insertOne(numbered(1));
            assertThatThrownBy(heard::next).isInstanceOf(MongoException.class);
        }
    }

    @Test
    void streamsOfADatabaseAndOfTheClusterHearAllTheirCollections(MongoClient client, MongoDatabase other) {
        try (Heard ofDatabase = Heard.of(database.watch()); Heard ofCluster = Heard.of(client.watch())) {
            things.insertOne(numbered(1));
            other.getCollection("elsewhere").insertOne(numbered(2));
            database.getCollection("more").insertOne(numbered(3));

            assertThat(ofDatabase.ids(2)).containsExactly(1, 3);
            assertThat(ofCluster.ids(3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void dropEndsTheStreamOfItsCollectionOnly() {
        try (Heard ofCollection = Heard.of(things.watch()); Heard ofDatabase = Heard.of(database.watch())) {
            things.drop();
            database.getCollection("next").insertOne(numbered(1));

            assertThat(ofCollection.kinds(2)).containsExactly("drop", "invalidate");
            assertThat(ofDatabase.kinds(2)).containsExactly("drop", "insert");
        }
    }

    @Test
    void dropOfTheDatabaseEndsItsStream() {
        try (Heard heard = Heard.of(database.watch())) {
            database.drop();

            assertThat(heard.kinds(3)).containsExactly("drop", "dropDatabase", "invalidate");
        }
    }

    @Test
    void renameIsToldAndEndsTheStreamsOfBothNames() {
        MongoCollection<Document> replaced = database.getCollection("replaced");
        replaced.insertOne(numbered(1));
        MongoNamespace to = replaced.getNamespace();
        try (Heard from = Heard.of(things.watch()); Heard target = Heard.of(replaced.watch()); Heard ofDatabase = Heard.of(database.watch())) {
            things.renameCollection(to, new RenameCollectionOptions().dropTarget(true));
            database.getCollection("next").insertOne(numbered(1));

            assertThat(from.kinds(2)).containsExactly("rename", "invalidate");
            assertThat(target.kinds(2)).containsExactly("rename", "invalidate");
            ChangeStreamDocument<Document> told = ofDatabase.next();
            assertThat(told.getOperationTypeString()).isEqualTo("rename");
            assertThat(told.getNamespace()).isEqualTo(things.getNamespace());
            assertThat(told.getDestinationNamespace()).isEqualTo(to);
            assertThat(ofDatabase.kinds(1)).containsExactly("insert");
        }
        assertThat(replaced.find().first()).isEqualTo(new Document("_id", "first"));
    }

    @Test
    void manyWritesOfOneCommandAreToldEachInOrder() {
        List<Document> many = IntStream.range(0, 5_000).mapToObj(ChangeStreamsContractTest::numbered).toList();
        try (Heard heard = Heard.of(things.watch().batchSize(300))) {
            things.insertMany(many);
            assertThat(heard.ids(5_000)).containsExactlyElementsOf(IntStream.range(0, 5_000).<Object>mapToObj(i -> i).toList());

            things.updateMany(new Document(), Updates.set("seen", true));
            assertThat(heard.next(5_001)).hasSize(5_001).allMatch(event -> "update".equals(event.getOperationTypeString()));

            things.deleteMany(new Document());
            assertThat(heard.next(5_001)).hasSize(5_001).allMatch(event -> "delete".equals(event.getOperationTypeString()));
        }
    }

    private static Document numbered(int number) {
        return new Document("_id", number).append("n", number);
    }

    private static Document withN(int number) {
        return new Document("_id", 1).append("n", number);
    }
}
