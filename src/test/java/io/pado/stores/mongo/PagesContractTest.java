package io.pado.stores.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import io.pado.platform.mongo.CollectionIndexes;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
import io.pado.platform.mongo.Pages;
import io.pado.platform.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.MaxKey;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of {@link Pages}, of any MongoDB. */
@ExtendWith(ServerUnderTest.class)
class PagesContractTest {

    private static final List<Object> IDS = Arrays.asList(new MinKey(), null, -5, 1L, 1.5, Decimal128.parse("1.75"), 2, "", "a", "b", "가",
            new Document("a", 1), new Document("a", 2), new Document(), UUID.randomUUID(), UUID.randomUUID(),
            new ObjectId(), new ObjectId(), false, true, new Date(5), new Date(7), new BsonTimestamp(5, 1), new MaxKey());
    private static final List<Object> NO_DATES = Arrays.asList(null, "2026-01-01", 7, new BsonTimestamp(9, 9), List.of(), List.of(new Date(3)),
            new Document(), true, new ObjectId());

    private MongoCollection<Document> things;
    private Pages pages;

    @BeforeEach
    void begin(MongoDatabase fresh) {
        things = fresh.getCollection("things");
        new CollectionIndexes(things, CollectionIndexes.newest("of"), CollectionIndexes.unique("slot"), CollectionIndexes.unique("call.key")).make();
        pages = new Pages(things, List.of("of"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 200})
    void everyDocumentIsOnExactlyOnePage(int limit) {
        IDS.forEach(id -> things.insertOne(new Document("_id", id).append("of", 1)));
        IntStream.range(0, 60).forEach(i -> things.insertOne(new Document("of", i % 2 == 0 ? List.of(1, 2) : 1).append("createdAt", new Date(i / 4))));
        NO_DATES.forEach(at -> things.insertOne(new Document("of", 1).append("createdAt", at)));
        IntStream.range(0, 9).forEach(i -> things.insertOne(new Document("_id", "same-" + i).append("of", 1).append("createdAt", new Date(14))));
        things.insertOne(new Document("_id", -1).append("of", 1).append("createdAt", new Date(14)));
        things.insertOne(new Document("of", 2));

        List<Document> seen = all(limit);

        assertThat(new HashSet<>(seen)).hasSize(IDS.size() + NO_DATES.size() + 70);
        assertThat(seen).hasSize(IDS.size() + NO_DATES.size() + 70);
        assertThat(seen.subList(0, 70)).extracting(each -> each.getDate("createdAt"))
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void whatIsAddedMeanwhileMovesNothing() {
        IntStream.range(0, 5).forEach(i -> things.insertOne(new Document("_id", i).append("of", 1).append("createdAt", new Date(i))));
        Page<Document> first = pages.read(Filters.eq("of", 1), PageRequest.of("", "2"));
        things.insertOne(new Document("_id", 9).append("of", 1).append("createdAt", new Date(9)));
        things.deleteOne(Filters.eq(3));

        Page<Document> second = pages.read(Filters.eq("of", 1), PageRequest.of(first.next(), "2"));

        assertThat(first.items()).extracting(each -> each.get("_id")).containsExactly(4, 3);
        assertThat(second.items()).extracting(each -> each.get("_id")).containsExactly(2, 1);
        assertThat(pages.read(Filters.eq("of", 1), PageRequest.of(second.next(), "2")).next()).isNull();
    }

    @Test
    void onlyTheFieldsThatAreNamedAreRead() {
        things.insertOne(new Document("_id", 1).append("of", 1).append("createdAt", new Date(1)).append("large", "x".repeat(1_000_000)));

        assertThat(pages.read(Filters.eq("of", 1), PageRequest.of("", "5")).items().get(0).keySet()).containsExactlyInAnyOrder("_id", "of", "createdAt");
    }

    @Test
    void garbageIsNoCursor() {
        String undefined = base64(new byte[] {8, 0, 0, 0, 6, 'i', 0, 0});
        String deep = base64(nested(150));
        String regex = base64(new byte[] {15, 0, 0, 0, 11, 'i', 0, 'a', 0, 0, 0});
        for (String garbage : List.of("x", "====", "AAAA", "가", base64("{\"i\":1}".getBytes(StandardCharsets.UTF_8)), regex, undefined, deep, "A".repeat(5_000),
                base64(new byte[] {5, 0, 0, 0, 0}), base64(new byte[] {-1, -1, -1, 127, 16, 'i', 0, 1, 0, 0, 0, 0}))) {
            Assertions.assertThatThrownBy(() -> PageRequest.of(garbage, "5")).as(garbage).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("cursor");
        }
    }

    /** MongoDB takes no query with documents that are nested more than 200 times. */
    private static byte[] nested(int times) {
        BsonDocument id = new BsonDocument();
        for (int i = 0; i < times; i++) {
            id = new BsonDocument("i", id);
        }
        RawBsonDocument raw = new RawBsonDocument(id, new BsonDocumentCodec());
        ByteBuffer bytes = raw.getByteBuffer().asNIO();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    @Test
    void sparseUniqueIndexHoldsForTheFieldAlone() {
        things.insertOne(new Document("slot", "a").append("call", new Document("key", "k")));
        things.insertMany(List.of(new Document("n", 1), new Document("n", 2).append("call", new Document("content", "c")), new Document("call", 7)));

        Assertions.assertThatThrownBy(() -> things.insertOne(new Document("slot", "a"))).hasMessageContaining("E11000");
        Assertions.assertThatThrownBy(() -> things.insertOne(new Document("call", new Document("key", "k")))).hasMessageContaining("E11000");
        things.updateOne(Filters.eq("slot", "a"), new Document("$unset", new Document("slot", "")));
        things.insertOne(new Document("slot", "a"));
    }

    private List<Document> all(int limit) {
        List<Document> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Page<Document> page = pages.read(Filters.in("of", 1, "1"), PageRequest.of(cursor, Integer.toString(limit)));
            assertThat(page.items()).hasSizeBetween(1, limit);
            seen.addAll(page.items());
            cursor = page.next();
        }
        return seen;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
