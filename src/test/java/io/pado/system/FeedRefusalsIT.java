package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** Changes that MongoDB cannot tell, and events that the log does not take: what follows arrives, and a counter tells of them. */
@ExtendWith(TwoNodes.class)
class FeedRefusalsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** In an event it stands twice, and so is more than the 16 MB that an event may have. */
    private static final int LARGE = 9 << 20;

    private final Cluster cluster;
    private final MongoWriter writer;
    private final Jedis redis;
    private final Login customer;
    private final FeedReader reader;

    FeedRefusalsIT(Cluster cluster) {
        this.cluster = cluster;
        this.writer = new MongoWriter(cluster);
        this.redis = new Jedis("127.0.0.1", cluster.redis().port());
        this.customer = cluster.login("customer");
        this.reader = FeedReader.open(customer, cluster.a());
    }

    @BeforeEach
    void listen() {
        awaitMessage(writer.room(customer.userId()), "listening");
    }

    @AfterEach
    void close() {
        reader.close();
        redis.close();
        writer.close();
    }

    @Test
    void roomWhoseLogRefusesHoldsUpNoOtherAndIsToldInOrderLater() {
        ObjectId stuck = writer.room(customer.userId());
        ObjectId other = writer.room(customer.userId());
        awaitMessage(stuck, "first");
        long before = counted("kept");
        String key = "pado:log:room:" + stuck.toHexString() + "@" + redis.get("pado:epoch");
        String log = key + ":aside";
        redis.rename(key, log);
        redis.set(key, "not what a log is");

        IntStream.range(0, 20).forEach(i -> writer.message(stuck, "stuck " + i));
        awaitMessage(other, "meanwhile");
        await().atMost(PATIENCE).until(() -> counted("kept") == before + 20);
        redis.rename(log, key);
        IntStream.range(20, 40).forEach(i -> writer.message(stuck, "stuck " + i));

        reader.awaitContent("stuck 39");
        assertThat(reader.contents().stream().filter(content -> content.startsWith("stuck")))
                .containsExactlyElementsOf(IntStream.range(0, 40).mapToObj(i -> "stuck " + i).toList());
        assertThat(reader.named("reset")).isEmpty();
    }

    @Test
    void changeLargerThanMongoCanTellIsSteppedOverWithACounter() {
        ObjectId room = writer.room(customer.userId());
        long before = counted("skipped");
        String large = UUID.randomUUID() + "x".repeat(LARGE);
        writer.collection("chatmessages").insertOne(MongoWriter.messageOf(room, "too large").append("_id", large));
        writer.collection("bookings").insertOne(new Document("_id", large).append("customerId", customer.userId()).append("status", "pending"));
        awaitMessage(room, "after it");

        assertThat(reader.contents()).doesNotContain("too large");
        await().atMost(PATIENCE).until(() -> counted("skipped") == before + 2);
        assertThat(reader.named("reset")).isEmpty();
        List.of("chatmessages", "bookings").forEach(name -> writer.collection(name).deleteOne(new Document("_id", large)));
    }

    private void awaitMessage(ObjectId room, String content) {
        String unique = content + ' ' + UUID.randomUUID();
        writer.message(room, unique);
        reader.awaitContent(unique);
    }

    private long counted(String what) {
        JsonObject watch = Http.json(Cafe.ok(cluster.login("admin").get("/api/realtime/watch")));
        return watch.getJsonNumber(what).longValue();
    }
}
