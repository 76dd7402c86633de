package io.pado.stores.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.pado.platform.Logged;
import io.pado.platform.mongo.CollectionIndexes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of indexes that cannot be made, in any MongoDB. What a server cannot be made to say is said for it. */
@ExtendWith(ServerUnderTest.class)
class CollectionIndexesContractTest {

    private static final ServerAddress SERVER = new ServerAddress();

    private MongoCollection<Document> things;
    private RuntimeException refusal; // null for none

    @BeforeEach
    void begin(MongoDatabase fresh) {
        things = fresh.getCollection("things");
    }

    @Test
    void doublesAreToldOnceAndSoIsTheirEnd() {
        things.insertMany(List.of(new Document("slot", "s"), new Document("slot", "s")));
        CollectionIndexes indexes = new CollectionIndexes(things, CollectionIndexes.unique("slot"), CollectionIndexes.newest("room"));

        try (Logged logged = Logged.of(CollectionIndexes.class)) {
            indexes.require();
            indexes.make();
            assertThat(logged.lines()).singleElement().asString().contains("MongoDB refuses the index {\"slot\": 1}");

            things.deleteOne(new Document("slot", "s"));
            indexes.make();
            indexes.make();
            assertThat(logged.lines()).hasSize(2).last().asString().contains("refuses the index {\"slot\": 1}", "no more");
        }
        assertThat(names()).contains("slot_1", "room_1_createdAt_-1__id_-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 91, 189, 10_107, 11_602, 14_031})
    void whatMayPassIsThrownUntilTheIndexIsMade(int code) {
        CollectionIndexes indexes = new CollectionIndexes(refusing(), CollectionIndexes.unique("slot"));
        refusal = failure(code);

        assertThatThrownBy(indexes::require).isSameAs(refusal);
        assertThatThrownBy(indexes::require).isSameAs(refusal);

        refusal = null;
        indexes.require();
        assertThat(names()).contains("slot_1");
        refusal = failure(code);
        assertThatCode(indexes::require).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {67, 85, 86, 171})
    void whatLastsIsTold(int code) {
        CollectionIndexes indexes = new CollectionIndexes(refusing(), CollectionIndexes.unique("slot"));
        refusal = failure(code);

        try (Logged logged = Logged.of(CollectionIndexes.class)) {
            indexes.require();
            assertThat(logged.lines()).hasSize(1);
        }
    }

    @Test
    void whoMayNotMakeIndexesTakesThoseThatTheOwnerMade() {
        CollectionIndexes indexes = new CollectionIndexes(refusing(), CollectionIndexes.unique("slot"));
        refusal = failure(13);
        things.createIndex(Indexes.ascending("slot"));
        assertThatThrownBy(indexes::require).isSameAs(refusal);
        things.dropIndexes();
        things.createIndex(new Document("slot", 1.0), new IndexOptions().unique(true).sparse(true).name("ours"));

        try (Logged logged = Logged.of(CollectionIndexes.class)) {
            indexes.require();
            assertThat(logged.lines()).isEmpty();
        }
    }

    @Test
    void whatIsOnlySlowWithoutItsIndexIsNotRefusedForRights() {
        CollectionIndexes indexes = new CollectionIndexes(refusing(), CollectionIndexes.newest("room"));
        refusal = failure(13);

        try (Logged logged = Logged.of(CollectionIndexes.class)) {
            indexes.require();
            assertThat(logged.lines()).hasSize(1);
        }
    }

    private static RuntimeException failure(int code) {
        BsonDocument answer = BsonDocument.parse("{ok: 0, code: %d, errmsg: 'asked to refuse'}".formatted(code));
        return switch (code) {
            case 189, 10_107 -> new MongoNotPrimaryException(answer, SERVER);
            case 91, 11_602 -> new MongoNodeIsRecoveringException(answer, SERVER);
            default -> new MongoCommandException(answer, SERVER);
        };
    }

    /** The collection, but what is to make an index fails as long as there is a refusal. */
    @SuppressWarnings("unchecked")
    private MongoCollection<Document> refusing() {
        return (MongoCollection<Document>) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {MongoCollection.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("createIndex") && refusal != null) {
                throw refusal;
            }
            try {
                return method.invoke(things, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        });
    }

    private List<String> names() {
        return things.listIndexes().map(index -> index.getString("name")).into(new ArrayList<>());
    }
}
