package io.pado.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import io.pado.platform.redis.TestRedis;
import java.time.Duration;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MongoTransactionIT {

    /** Twice the test's {@code pado.mongo.timeout}, and as much again for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static TestRedis stores;
    private static TestMongo mongo;
    private static MongoCollection<Document> notes;

    @BeforeAll
    static void start() {
        stores = new TestRedis();
        mongo = new TestMongo(stores.settings().get("pado.mongo.url"));
        notes = mongo.client().database().getCollection("notes");
        notes.insertOne(new Document("_id", "first"));
    }

    @AfterAll
    static void stop() {
        mongo.close();
        stores.close();
    }

    /** The driver itself would go on for two minutes, and the caller's thread with it. */
    @Test
    void transactionEndsInTimeWhileMongoIsAwayOrHangs() {
        assertThat(inserted("there")).isTrue();
        stores.mongo().pause();
        try {
            assertEndsInTime("hangs");
        } finally {
            stores.mongo().resume();
        }
        stores.mongo().stop();
        try {
            assertEndsInTime("away");
        } finally {
            stores.mongo().start();
        }
        assertThat(inserted("back")).isTrue();
    }

    private static void assertEndsInTime(String id) {
        long begun = System.nanoTime();
        assertThatThrownBy(() -> inserted(id)).isInstanceOf(MongoException.class).matches(MongoFailures::mayPass);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
    }

    private static boolean inserted(String id) {
        return mongo.client().inTransaction(session -> notes.insertOne(session, new Document("_id", id)).wasAcknowledged());
    }
}
