package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.pado.launch.Node;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the demo begins with in MongoDB. */
@ExtendWith(TwoNodes.class)
class FeedDemoIT {

    private final Cluster cluster;

    FeedDemoIT(Cluster cluster) {
        this.cluster = cluster;
    }

    /** It is there when they say that they are ready. And one that starts later adds what an older version did not make. */
    @Test
    void twoNodesThatStartAtOnceMakeItOnceWithItsIndexes() {
        String name = "demo-" + UUID.randomUUID();
        Map<String, String> settings = Map.of("pado.demo", "true", "pado.mongo.url", cluster.mongo().url().replace("/pado?", '/' + name + '?'));
        CompletableFuture<Node> starting = CompletableFuture.supplyAsync(() -> cluster.another("demo-2", settings), Crowd.BESIDE);
        try (Node one = cluster.another("demo-1", settings); Node two = starting.join(); MongoClient mongo = MongoClients.create(cluster.mongo().url())) {
            MongoDatabase database = mongo.getDatabase(name);
            assertThat(counts(database)).containsExactly(1L, 3L, 4L, 2L);
            assertThat(Http.get(two.baseUri(), "/health/ready").body()).contains("\"documents\":\"made\"");

            Login customer = cluster.login("customer").at(two.baseUri());
            assertThat(items(customer, "/api/chat/rooms")).extracting(room -> room.getString("kind")).containsExactly("group", "one_on_one", "direct");
            assertThat(items(customer, "/api/chat/rooms")).extracting(room -> room.getJsonArray("personaIds").size()).containsExactly(2, 1, 0);
            assertThat(items(customer, "/api/bookings").get(0).getInt("partnerId")).isEqualTo((int) cluster.login("partner").userId());
            assertThat(items(cluster.login("partner").at(one.baseUri()), "/api/notifications")).hasSize(1);
            assertThat(indexes(database, "bookings")).contains("slot_1", "call.key_1", "customerId_1_createdAt_-1__id_-1");

            MongoCollection<Document> rooms = database.getCollection("chatrooms");
            rooms.deleteOne(Filters.eq("kind", "one_on_one"));
            rooms.updateOne(Filters.eq("kind", "group"), Updates.unset("personas"));
            try (Node later = cluster.another("demo-3", settings)) {
                assertThat(counts(database)).containsExactly(1L, 3L, 4L, 2L);
                assertThat(items(customer.at(later.baseUri()), "/api/chat/rooms")).extracting(room -> room.getJsonArray("personaIds").size())
                        .containsExactlyInAnyOrder(2, 1, 0);
            }
        }
    }

    private static List<Long> counts(MongoDatabase database) {
        return List.of("bookings", "chatrooms", "chatmessages", "notifications").stream()
                .map(collection -> database.getCollection(collection).countDocuments()).toList();
    }

    private static List<String> indexes(MongoDatabase database, String collection) {
        return database.getCollection(collection).listIndexes().into(new ArrayList<>()).stream()
                .map(index -> index.getString("name")).toList();
    }

    private static List<JsonObject> items(Login login, String path) {
        return Http.json(Cafe.ok(login.get(path))).getJsonArray("items").getValuesAs(JsonObject.class);
    }
}
