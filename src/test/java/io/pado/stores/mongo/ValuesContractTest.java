package io.pado.stores.mongo;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.MaxKey;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents of other hands: whatever is stored comes back as it was, also in events, of any MongoDB. */
@ExtendWith(ServerUnderTest.class)
class ValuesContractTest {

    private MongoCollection<Document> things;

    @BeforeEach
    void begin(MongoDatabase fresh) {
        things = fresh.getCollection("things");
        things.insertOne(new Document("_id", "first"));
    }

    static Stream<Object> ids() {
        return Stream.of("text", 1, 2L, 3.5, new ObjectId(), UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                Document.parse("{a: 1, b: {c: 'x'}}"), new Date(1_700_000_000_000L), Decimal128.parse("12.50"), true, new Binary(new byte[] {1, 2}),
                new BsonTimestamp(1_700_000_000, 7), "", "가나다 \uD83D\uDE00");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void anyIdIsFoundAndToldOnInsertUpdateAndDelete(Object id) {
        try (Heard heard = Heard.of(things.watch())) {
            things.insertOne(new Document("_id", id).append("n", 1));
            assertThat(things.find(eq(id)).first()).isEqualTo(new Document("_id", id).append("n", 1));
            assertThat(things.updateOne(eq(id), Updates.set("n", 2)).getModifiedCount()).isEqualTo(1);
            assertThat(things.deleteOne(eq(id)).getDeletedCount()).isEqualTo(1);

            var events = heard.next(3);
            assertThat(events).hasSize(3).extracting(event -> event.getDocumentKey()).containsOnly(events.get(0).getDocumentKey());
            assertThat(events.get(0).getFullDocument()).isEqualTo(new Document("_id", id).append("n", 1));
        }
    }

    static Stream<Object> values() {
        return Stream.of("2026-11-25T06:00:00Z", new Date(-1), new BsonTimestamp(1, 2), Decimal128.parse("NaN"), Decimal128.parse("-1E+6144"),
                Long.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY, new BsonRegularExpression("a.*", "i"), new MinKey(), new MaxKey(),
                new UUID(1, 2), new Binary(new byte[0]), Arrays.asList("a", null, 3, List.of(List.of())), new Document(), "\u0000 in the middle",
                IntStream.range(0, 10_000).mapToObj(i -> "user" + i).toList(), "x".repeat(1_000_000));
    }

    @ParameterizedTest
    @MethodSource("values")
    void anyValueComesBackAndIsToldAsItWas(Object value) {
        try (Heard heard = Heard.of(things.watch())) {
            things.insertOne(new Document("_id", 1).append("v", value).append("none", null));
            things.updateOne(eq(1), Updates.set("w", value));

            assertThat(things.find(eq(1)).first()).isEqualTo(new Document("_id", 1).append("v", value).append("none", null).append("w", value));
            assertThat(heard.next().getFullDocument()).isEqualTo(new Document("_id", 1).append("v", value).append("none", null));
            assertThat(heard.next().getUpdateDescription().getUpdatedFields().keySet()).containsExactly("w");
        }
    }

    /** The driver itself writes a question mark for it; another program's may write anything. */
    @Test
    void loneSurrogateIsStoredAsTheDriverWritesIt() {
        things.insertOne(new Document("_id", 1).append("v", "a\uD800b"));

        assertThat(things.find(eq(1)).first().getString("v")).startsWith("a").endsWith("b");
    }

    @Test
    void documentOfAlmostTheLargestSizeIsStoredAndTold() {
        String big = "x".repeat((16 << 20) - 1_000);
        try (Heard heard = Heard.of(things.watch(List.of(Document.parse("{$project: {documentKey: 1}}"))))) {
            things.insertOne(new Document("_id", 1).append("v", big));

            assertThat(heard.ids(1)).containsExactly(1);
            assertThat(things.find(eq(1)).first().getString("v")).hasSize(big.length());
        }
    }
}
