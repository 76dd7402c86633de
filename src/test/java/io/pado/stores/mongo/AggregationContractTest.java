package io.pado.stores.mongo;

import static com.mongodb.client.model.Filters.gte;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Facet;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Aggregation, as far as Pado may use it, of any MongoDB. */
@ExtendWith(ServerUnderTest.class)
class AggregationContractTest {

    private static final long FIRST_HOUR = 1_700_000_000_000L;

    private MongoCollection<Document> things;
    private MongoDatabase database;

    @BeforeEach
    void begin(MongoDatabase fresh) {
        database = fresh;
        things = database.getCollection("things");
        things.insertMany(IntStream.range(0, 20).mapToObj(i -> new Document("_id", i).append("g", i % 3).append("v", i)
                .append("at", new Date(FIRST_HOUR + i * 3_600_000L)).append("tags", List.of("t" + i % 2, "all"))).toList());
    }

    @Test
    void groupsAreCounted() {
        assertThat(run(Aggregates.match(gte("v", 5)), Aggregates.group("$g", Accumulators.sum("sum", "$v"), Accumulators.max("max", "$v")),
                Aggregates.sort(Sorts.ascending("_id")))).containsExactly(
                        Document.parse("{_id: 0, sum: 60, max: 18}"), Document.parse("{_id: 1, sum: 65, max: 19}"), Document.parse("{_id: 2, sum: 55, max: 17}"));
        assertThat(run(Aggregates.unwind("$tags"), Aggregates.sortByCount("$tags")).get(0)).isEqualTo(Document.parse("{_id: 'all', count: 20}"));
        assertThat(run(Aggregates.facet(new Facet("n", Aggregates.count()), new Facet("top", Aggregates.limit(2)))).get(0).getList("top", Document.class))
                .hasSize(2);
        assertThat(run(Aggregates.bucket("$v", List.of(0, 10, 20)))).hasSize(2);
    }

    @Test
    void otherCollectionsAreLookedUp() {
        database.getCollection("others").insertOne(Document.parse("{_id: 3, name: 'three'}"));

        assertThat(run(Aggregates.match(gte("v", 3)), Aggregates.limit(1), Aggregates.lookup("others", "v", "_id", "found")).get(0)
                .getList("found", Document.class)).containsExactly(Document.parse("{_id: 3, name: 'three'}"));
        assertThat(run(Aggregates.match(gte("v", 3)), Aggregates.limit(1), Document.parse("{$lookup: {from: 'others', let: {x: '$v'}, as: 'found',"
                + " pipeline: [{$match: {$expr: {$eq: ['$_id', '$$x']}}}]}}")).get(0).getList("found", Document.class)).hasSize(1);
    }

    @Test
    void fieldsAreComputed() {
        assertThat(run(Aggregates.limit(1), Document.parse("{$project: {_id: 0, hour: {$dateToString: {format: '%Y-%m-%dT%H', date: '$at'}},"
                + " size: {$cond: [{$gt: ['$v', 3]}, 'big', 'small']}}}"))).containsExactly(Document.parse("{hour: '2023-11-14T22', size: 'small'}"));
        assertThat(run(Aggregates.limit(1), Document.parse("{$addFields: {k: {$add: ['$v', 7]}}}"), Document.parse("{$replaceRoot: {newRoot: {k: '$k'}}}")))
                .containsExactly(new Document("k", 7));
    }

    @Test
    void resultsAreStored() {
        things.aggregate(List.of(Document.parse("{$group: {_id: '$g', sum: {$sum: '$v'}}}"), Document.parse("{$merge: {into: 'sums'}}"))).toCollection();
        things.aggregate(List.of(Document.parse("{$match: {g: 0}}"), Document.parse("{$out: 'zeros'}"))).toCollection();

        assertThat(database.getCollection("sums").countDocuments()).isEqualTo(3);
        assertThat(database.getCollection("zeros").countDocuments()).isEqualTo(7);
    }

    private List<Document> run(Bson... stages) {
        return things.aggregate(List.of(stages)).into(new ArrayList<>());
    }
}
