package io.pado.stores.mongo;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Transactions, and what streams of changes tell of them, of any MongoDB. */
@ExtendWith(ServerUnderTest.class)
class TransactionsContractTest {

    private static final int ACCOUNTS = 20;
    private static final int PEOPLE = 3;
    private static final int TRANSFERS = 10;

    private MongoClient client;
    private MongoDatabase database;
    private MongoCollection<Document> things;

    @BeforeEach
    void begin(MongoClient shared, MongoDatabase fresh) {
        client = shared;
        database = fresh;
        things = database.getCollection("things");
        things.insertOne(new Document("_id", 1).append("n", 1));
    }

    @Test
    void commitShowsAllAtOnceAndTellsItInOrder() {
        try (ClientSession session = client.startSession(); Heard heard = Heard.of(database.watch())) {
            session.startTransaction();
            things.insertOne(session, new Document("_id", 2));
            things.updateOne(session, eq(1), Updates.set("n", 2));
            database.getCollection("new").insertOne(session, new Document("_id", 3));
            things.deleteOne(session, eq(2));
            assertThat(things.find(session).into(new ArrayList<>())).hasSize(1);
            assertThat(things.find(eq(1)).first()).containsEntry("n", 1);
            assertThat(database.getCollection("new").countDocuments()).isZero();
            assertThat(heard.now()).isNull();

            session.commitTransaction();

            assertThat(things.find(eq(1)).first()).containsEntry("n", 2);
            assertThat(database.getCollection("new").countDocuments()).isEqualTo(1);
            List<ChangeStreamDocument<Document>> events = heard.next(4);
            assertThat(events).extracting(ChangeStreamDocument::getOperationTypeString).containsExactly("insert", "update", "insert", "delete");
            assertThat(events.get(1).getUpdateDescription().getUpdatedFields().toJson()).isEqualTo("{\"n\": 2}");
            assertThat(events).extracting(ChangeStreamDocument::getClusterTime).containsOnly(events.get(0).getClusterTime());
            assertThat(events).extracting(ChangeStreamDocument::getTxnNumber).doesNotContainNull().containsOnly(events.get(0).getTxnNumber());
            assertThat(events).extracting(ChangeStreamDocument::getLsid).doesNotContainNull();
            assertThat(events).extracting(ChangeStreamDocument::getResumeToken).doesNotHaveDuplicates();
        }
    }

    @Test
    void streamMayGoOnWithinATransaction() {
        try (ClientSession session = client.startSession(); Heard heard = Heard.of(things.watch())) {
            session.withTransaction(() -> things.insertMany(session, List.of(new Document("_id", 5), new Document("_id", 6), new Document("_id", 7))));
            try (Heard later = Heard.of(things.watch().startAfter(heard.next().getResumeToken()))) {
                assertThat(later.ids(2)).containsExactly(6, 7);
            }
        }
    }

    @Test
    void abortLeavesNothing() {
        try (ClientSession session = client.startSession(); Heard heard = Heard.of(things.watch())) {
            session.startTransaction();
            things.insertOne(session, new Document("_id", 2));
            things.updateOne(session, eq(1), Updates.set("n", 2));
            session.abortTransaction();
            things.insertOne(new Document("_id", 9));

            assertThat(heard.ids(1)).containsExactly(9);
            assertThat(things.find(eq(1)).first()).containsEntry("n", 1);
        }
    }

    @Test
    void fiveThousandInsertsOfOneTransactionAreAllTold() {
        try (ClientSession session = client.startSession(); Heard heard = Heard.of(things.watch())) {
            session.withTransaction(() -> things.insertMany(session, IntStream.range(10, 5_010).mapToObj(i -> new Document("_id", i)).toList()));

            assertThat(heard.ids(5_000)).containsExactlyElementsOf(IntStream.range(10, 5_010).<Object>mapToObj(i -> i).toList());
        }
    }

    @Test
    void secondWriterOfADocumentIsToldToTryAgain() {
        try (ClientSession one = client.startSession(); ClientSession other = client.startSession()) {
            one.startTransaction();
            other.startTransaction();
            things.updateOne(one, eq(1), Updates.inc("n", 1));
            MongoException conflict = catchThrowableOfType(MongoException.class, () -> {
                things.updateOne(other, eq(1), Updates.inc("n", 1));
                one.commitTransaction();
                other.commitTransaction();
            });

            assertThat(conflict.getCode()).isEqualTo(112);
            assertThat(conflict.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)).isTrue();
        }
    }

    @Test
    void doubleKeyInATransactionIsRefusedAndEndsIt() {
        things.createIndex(Indexes.ascending("u"), new IndexOptions().unique(true));
        things.insertOne(new Document("_id", 2).append("u", "taken"));
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            MongoException refused = catchThrowableOfType(MongoException.class,
                    () -> things.insertOne(session, new Document("_id", 3).append("u", "taken")));
            assertThat(refused.getCode()).isEqualTo(11_000);
            session.abortTransaction();
        }
        assertThat(things.countDocuments()).isEqualTo(2);
    }

    @Test
    void transfersOfManyAtOnceLoseNothing() throws Exception {
        MongoCollection<Document> accounts = database.getCollection("accounts");
        MongoCollection<Document> book = database.getCollection("book");
        IntStream.range(0, ACCOUNTS).forEach(i -> accounts.insertOne(new Document("_id", i).append("balance", 1_000)));
        book.insertOne(new Document("_id", "first"));
        ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
        try (Heard heard = Heard.of(database.watch())) {
            List<Future<?>> people = new ArrayList<>();
            IntStream.range(0, PEOPLE).forEach(person -> people.add(threads.submit(() -> transfer(accounts, book, person))));
            for (Future<?> person : people) {
                person.get();
            }
            List<ChangeStreamDocument<Document>> events = heard.next(PEOPLE * TRANSFERS * 3);

            assertThat(accounts.find().map(account -> account.getInteger("balance")).into(new ArrayList<>()).stream().mapToInt(i -> i).sum())
                    .isEqualTo(ACCOUNTS * 1_000);
            assertThat(book.countDocuments()).isEqualTo(PEOPLE * TRANSFERS + 1);
            assertThat(events.stream().filter(event -> "update".equals(event.getOperationTypeString()))).hasSize(PEOPLE * TRANSFERS * 2);
            assertThat(interrupted(events)).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private void transfer(MongoCollection<Document> accounts, MongoCollection<Document> book, int person) {
        try (ClientSession session = client.startSession()) {
            for (int i = 0; i < TRANSFERS; i++) {
                String entry = person + "-" + i;
                session.withTransaction(() -> {
                    int from = ThreadLocalRandom.current().nextInt(ACCOUNTS);
                    int to = (from + 1 + ThreadLocalRandom.current().nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                    accounts.updateOne(session, eq(from), Updates.inc("balance", -7));
                    accounts.updateOne(session, eq(to), Updates.inc("balance", 7));
                    return book.insertOne(session, new Document("_id", entry));
                });
            }
        }
    }

    /** @return transactions whose events did not come one after the other */
    private static List<Object> interrupted(List<ChangeStreamDocument<Document>> events) {
        List<Object> torn = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        Object last = null;
        for (ChangeStreamDocument<Document> event : events) {
            Object transaction = event.getLsid() + " " + event.getTxnNumber();
            if (!transaction.equals(last) && !seen.add(transaction)) {
                torn.add(transaction);
            }
            last = transaction;
        }
        return torn;
    }
}
