package io.pado.stores.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Filters.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.BsonType;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writing, finding and indexes, as far as Pado uses them, of any MongoDB. */
@ExtendWith(ServerUnderTest.class)
class CommandsContractTest {

    private MongoClient client;
    private MongoDatabase database;
    private MongoCollection<Document> things;

    @BeforeEach
    void begin(MongoClient shared, MongoDatabase fresh) {
        client = shared;
        database = fresh;
        things = database.getCollection("things");
        things.insertMany(List.of(thing(1, "x", "y"), thing(2, "x"), thing(3)));
    }

    @Test
    void serverIsAReplicaSetThatTakesWrites() {
        Document hello = client.getDatabase("admin").runCommand(new Document("hello", 1));

        assertThat(hello.getBoolean("isWritablePrimary")).isTrue();
        assertThat(hello.getString("setName")).isNotBlank();
        assertThat(hello.getInteger("logicalSessionTimeoutMinutes")).isPositive();
        assertThat(client.getDatabase("admin").runCommand(new Document("buildInfo", 1)).getList("versionArray", Integer.class).get(0))
                .isGreaterThanOrEqualTo(6);
        assertThat(client.getDatabase("admin").runCommand(new Document("replSetGetStatus", 1)).getInteger("myState")).isEqualTo(1);
    }

    @Test
    void updatesChangeWhatTheyName() {
        things.updateOne(eq(1), Updates.combine(Updates.set("b", 1), Updates.inc("n", 5), Updates.push("tags", "z"), Updates.unset("none")));
        things.updateMany(gte("n", 2), Updates.currentDate("at"));
        things.insertOne(Document.parse("{_id: 50, list: [{k: 1, v: 1}, {k: 2, v: 1}]}"));
        things.updateOne(eq(50), Updates.set("list.$[e].v", 9), new UpdateOptions().arrayFilters(List.of(eq("e.k", 2))));
        things.updateOne(eq(2), Updates.addToSet("tags", "x"));

        assertThat(things.find(eq(1)).first()).containsEntry("b", 1).containsEntry("n", 6).containsEntry("tags", List.of("x", "y", "z"));
        assertThat(things.countDocuments(exists("at"))).isEqualTo(3);
        assertThat(things.find(eq(50)).first()).isEqualTo(Document.parse("{_id: 50, list: [{k: 1, v: 1}, {k: 2, v: 9}]}"));
        assertThat(things.find(eq(2)).first()).containsEntry("tags", List.of("x"));
        assertThat(things.replaceOne(eq(3), new Document("n", 33)).getModifiedCount()).isEqualTo(1);
        assertThat(things.find(eq(3)).first()).isEqualTo(new Document("_id", 3).append("n", 33));
    }

    @Test
    void upsertInsertsOnceAndSaysWhat() {
        UpdateResult first = things.updateOne(eq(77), Updates.combine(Updates.set("n", 1), Updates.setOnInsert("born", true)),
                new UpdateOptions().upsert(true));
        UpdateResult second = things.updateOne(eq(77), Updates.set("n", 2), new UpdateOptions().upsert(true));

        assertThat(first.getUpsertedId().asInt32().getValue()).isEqualTo(77);
        assertThat(second.getUpsertedId()).isNull();
        assertThat(things.find(eq(77)).first()).isEqualTo(new Document("_id", 77).append("n", 2).append("born", true));
        FindOneAndUpdateOptions after = new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);
        assertThat(things.findOneAndUpdate(eq(78), Updates.set("n", 1), after)).isEqualTo(new Document("_id", 78).append("n", 1));
        assertThat(things.findOneAndUpdate(eq(79), Updates.set("n", 1), new FindOneAndUpdateOptions().upsert(true))).isNull();
        assertThat(things.findOneAndUpdate(eq("nobody"), Updates.set("n", 1))).isNull();
        assertThat(things.findOneAndDelete(eq(79))).containsEntry("n", 1);
    }

    @Test
    void conditionalUpdateSucceedsOnceOfMany() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Set<Long> numbers = ConcurrentHashMap.newKeySet();
            things.insertOne(new Document("_id", "sequence").append("n", 0L));
            List<Future<Long>> steps = IntStream.range(0, 8).mapToObj(i -> threads.submit(() -> {
                IntStream.range(0, 50).forEach(j -> numbers.add(things.findOneAndUpdate(eq("sequence"), Updates.inc("n", 1L),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)).getLong("n")));
                return things.updateOne(and(eq(1), eq("n", 1)), Updates.set("n", 100)).getModifiedCount();
            })).toList();
            long winners = 0;
            for (Future<Long> step : steps) {
                winners += step.get();
            }
            assertThat(winners).isEqualTo(1);
            assertThat(numbers).hasSize(400);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void bulkOfWritesIsDoneInOrderUntilTheFirstFailure() {
        BulkWriteResult result = things.bulkWrite(List.of(new InsertOneModel<>(thing(100)), new UpdateOneModel<>(eq(100), Updates.set("q", 1)),
                new DeleteOneModel<>(eq(100))));
        assertThat(List.of(result.getInsertedCount(), result.getModifiedCount(), result.getDeletedCount())).containsExactly(1, 1, 1);

        MongoBulkWriteException ordered = catchThrowableOfType(MongoBulkWriteException.class,
                () -> things.insertMany(List.of(thing(200), thing(1), thing(201))));
        assertThat(ordered.getWriteErrors()).extracting(error -> error.getIndex() + " " + error.getCode()).containsExactly("1 11000");
        assertThat(ordered.getWriteResult().getInsertedCount()).isEqualTo(1);
        assertThat(things.countDocuments(gte("_id", 200))).isEqualTo(1);

        MongoBulkWriteException unordered = catchThrowableOfType(MongoBulkWriteException.class,
                () -> things.insertMany(List.of(thing(300), thing(1), thing(301)), new InsertManyOptions().ordered(false)));
        assertThat(unordered.getWriteResult().getInsertedCount()).isEqualTo(2);
        MongoBulkWriteException updates = catchThrowableOfType(MongoBulkWriteException.class, () -> things.bulkWrite(List.of(
                new UpdateOneModel<>(eq(1), Updates.set("_id", 9)), new UpdateOneModel<>(eq(2), Updates.set("late", 1))), new BulkWriteOptions()));
        assertThat(updates.getWriteErrors()).hasSize(1);
        assertThat(things.countDocuments(exists("late"))).isZero();
    }

    @Test
    void findingFiltersSortsAndPages() {
        assertThat(ids(things.find(gte("n", 1)).sort(Sorts.descending("n")).skip(1).limit(2))).containsExactly(2, 1);
        assertThat(ids(things.find(or(regex("tags", "^y"), in("_id", 3, 99))))).containsExactly(1, 3);
        assertThat(ids(things.find(and(gt("n", 1), lt("n", 3))))).containsExactly(2);
        assertThat(ids(things.find(eq("tags", "y")))).containsExactly(1);
        assertThat(ids(things.find(elemMatch("tags", new Document("$eq", "y"))))).containsExactly(1);
        assertThat(ids(things.find(new Document("$expr", new Document("$gt", List.of("$n", 2)))))).containsExactly(3);
        assertThat(things.find(eq(1)).projection(Projections.include("n")).first()).isEqualTo(new Document("_id", 1).append("n", 1));
        assertThat(things.find(eq(1)).projection(Projections.exclude("tags", "_id")).first()).isEqualTo(new Document("n", 1));
        assertThat(things.countDocuments()).isEqualTo(3);
        assertThat(things.estimatedDocumentCount()).isEqualTo(3);
        assertThat(things.distinct("tags", String.class).into(new ArrayList<>())).containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void pagesByACursorOfTwoFieldsAreComplete() {
        things.deleteMany(new Document());
        things.insertMany(IntStream.range(0, 25).mapToObj(i -> new Document("_id", i).append("at", i / 4)).toList());
        List<Integer> seen = new ArrayList<>();
        Document last = null;
        do {
            List<Document> page = things.find(last == null ? new Document() : or(lt("at", last.get("at")), and(eq("at", last.get("at")),
                    lt("_id", last.get("_id"))))).sort(Sorts.descending("at", "_id")).limit(7).into(new ArrayList<>());
            page.forEach(document -> seen.add(document.getInteger("_id")));
            last = page.isEmpty() ? null : page.get(page.size() - 1);
        } while (last != null);
        assertThat(seen).containsExactlyElementsOf(IntStream.rangeClosed(1, 25).mapToObj(i -> 25 - i).toList());
    }

    @Test
    void largeResultsComeInBatches() {
        MongoCollection<Document> many = database.getCollection("many");
        many.insertMany(IntStream.range(0, 5_000).mapToObj(i -> new Document("i", i)).toList());

        assertThat(many.find().batchSize(100).into(new ArrayList<>())).hasSize(5_000);
        assertThat(many.deleteMany(gte("i", 10)).getDeletedCount()).isEqualTo(4_990);
    }

    @Test
    void uniqueIndexRefusesASecondOne() {
        things.createIndex(Indexes.ascending("email"), new IndexOptions().unique(true).sparse(true));
        things.createIndex(Indexes.ascending("room", "at"), new IndexOptions().unique(true).sparse(true).name("slot"));
        things.createIndex(Indexes.descending("n"));
        things.createIndex(Indexes.descending("n"));
        things.insertOne(new Document("email", "a@x").append("room", 1).append("at", 1));

        MongoWriteException one = catchThrowableOfType(MongoWriteException.class, () -> things.insertOne(new Document("email", "a@x")));
        MongoWriteException other = catchThrowableOfType(MongoWriteException.class,
                () -> things.insertOne(new Document("email", "b@x").append("room", 1).append("at", 1)));

        assertThat(one.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY);
        assertThat(other.getError().getMessage()).contains("slot");
        assertThat(things.listIndexes().map(index -> index.getString("name")).into(new ArrayList<>()))
                .containsExactlyInAnyOrder("_id_", "email_1", "slot", "n_-1");
        things.dropIndex("slot");
        things.insertOne(new Document("email", "b@x").append("room", 1).append("at", 1));
    }

    @Test
    void listsGrowToTheirLimitAndShrink() {
        FindOneAndUpdateOptions after = new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
        things.insertMany(List.of(new Document("_id", 60).append("list", Arrays.asList(null, 7, "7", 8L)), new Document("_id", 61).append("list", 7)));

        assertThat(things.findOneAndUpdate(and(eq(60), exists("list.4", false)), Updates.addToSet("list", 9L), after).getList("list", Object.class))
                .hasSize(5);
        assertThat(things.findOneAndUpdate(and(eq(60), exists("list.4", false)), Updates.addToSet("list", 10L), after)).isNull();
        assertThat(things.findOneAndUpdate(eq(60), Updates.pullByFilter(in("list", 7L, "7")), after).getList("list", Object.class))
                .containsExactly(null, 8L, 9L);
        assertThat(ids(things.find(and(in("_id", 60, 61), type("list", BsonType.ARRAY))))).containsExactly(60);
        assertThat(ids(things.find(and(in("_id", 60, 61), not(type("list", BsonType.ARRAY)), in("list", 7L, "7"))))).containsExactly(61);
        assertThat(things.withReadConcern(ReadConcern.LINEARIZABLE).find(eq(61)).maxTime(2, TimeUnit.SECONDS).first()).containsEntry("list", 7);
    }

    @Test
    void sessionsAndConcernsAreTaken() {
        try (ClientSession session = client.startSession()) {
            things.insertOne(session, thing(10));
            assertThat(things.find(session, eq(10)).first()).isNotNull();
            assertThat(session.getOperationTime()).isNotNull();
        }
        things.withWriteConcern(WriteConcern.MAJORITY.withJournal(true)).insertOne(thing(11));
        assertThat(things.withReadConcern(ReadConcern.MAJORITY).find(eq(11)).first()).isNotNull();
    }

    @Test
    void unknownCommandIsRefusedAndTheConnectionGoesOn() {
        MongoCommandException refused = catchThrowableOfType(MongoCommandException.class,
                () -> database.runCommand(new Document("makeCoffee", 1)));

        assertThat(refused.getErrorCode()).isEqualTo(59);
        assertThat(things.countDocuments()).isEqualTo(3);
    }

    private static List<Object> ids(Iterable<Document> found) {
        List<Object> ids = new ArrayList<>();
        found.forEach(document -> ids.add(document.get("_id")));
        return ids;
    }

    private static Document thing(int number, String... tags) {
        return new Document("_id", number).append("n", number).append("tags", List.of(tags));
    }
}
