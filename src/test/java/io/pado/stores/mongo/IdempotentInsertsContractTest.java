package io.pado.stores.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.mongo.CollectionIndexes;
import io.pado.platform.mongo.IdempotentInserts;
import io.pado.platform.mongo.KeyTaken;
import io.pado.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inserts that may come twice, in any MongoDB. */
@ExtendWith(ServerUnderTest.class)
class IdempotentInsertsContractTest {

    private MongoCollection<Document> things;
    private IdempotentInserts inserts;

    @BeforeEach
    void begin(MongoDatabase fresh) {
        things = fresh.getCollection("things");
        new CollectionIndexes(things, CollectionIndexes.unique(IdempotentInserts.KEY), CollectionIndexes.unique("slot")).make();
        inserts = new IdempotentInserts(things, "/things/");
    }

    @Test
    void sameKeyGetsTheFirstAnswerWhateverBecameOfTheDocument() {
        Answer first = insert(1, "k", "a", new Document("_id", 7).append("slot", "s"));
        things.updateOne(Filters.eq(7), Updates.set("slot", "t"));

        assertThat(insert(1, "k", "a", new Document("_id", 8))).isEqualTo(first);
        assertThat(first).isEqualTo(new Answer(201, "/things/7", "{\"slot\":\"s\"}"));
        assertThatThrownBy(() -> insert(1, "k", "b", new Document("_id", 8))).isInstanceOf(ProblemException.class).hasMessageContaining("Idempotency-Key");
        insert(2, "k", "a", new Document("_id", 9));
        insert(1, "", "a", new Document("_id", 10));
        assertThat(things.countDocuments()).isEqualTo(3);
    }

    @Test
    void whatIsTakenIsToldApartFromWhatWasDone() {
        insert(1, "k", "a", new Document("_id", 7).append("slot", "s"));

        assertThatThrownBy(() -> insert(1, "l", "a", new Document("_id", 8).append("slot", "s"))).isInstanceOf(KeyTaken.class);
        assertThatThrownBy(() -> insert(1, "", "a", new Document("_id", 8).append("slot", "s"))).isInstanceOf(KeyTaken.class);
    }

    @Test
    void keyThatAnotherProgramWroteIsOneThatWasUsed() {
        things.insertMany(List.of(new Document("call", new Document("key", "1:k")), new Document("call", new Document("key", "1:m").append("content", 7).append("answer", List.of()))));

        for (String key : List.of("k", "m")) {
            assertThatThrownBy(() -> insert(1, key, "a", new Document("_id", 8))).isInstanceOf(ProblemException.class);
        }
    }

    private Answer insert(long user, String key, String content, Document document) {
        return inserts.insert(user, IdempotencyKey.of(key, content), () -> document, each -> Map.of("slot", each.get("slot", "none")));
    }
}
