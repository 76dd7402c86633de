package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.model.InsertManyOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;

/** Another program that inserts many messages into a room as fast as it can, whatever happens to MongoDB meanwhile: it repeats what it is not sure of. */
final class Burst {

    static final int SIZE = Integer.getInteger("pado.feed.burst", 2_000);
    private static final int INSERTED_TOGETHER = 50;
    private static final int DUPLICATE_KEY = 11_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MongoWriter writer;
    private final ObjectId room;
    private final String name;
    private final Thread thread = new Thread(this::run, "burst");

    private Burst(MongoWriter writer, ObjectId room, String name) {
        this.writer = writer;
        this.room = room;
        this.name = name;
    }

    /** @param name of this one only; no other's begins so */
    static Burst start(MongoWriter writer, ObjectId room, String name) {
        Burst burst = new Burst(writer, room, name);
        burst.thread.start();
        return burst;
    }

    /** Waits until a reader has heard so many of its messages. */
    void awaitTold(int count, FeedReader reader) {
        reader.awaitContent(content(count - 1));
    }

    /** Returns once all is inserted. */
    Burst awaitEnd() {
        try {
            thread.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        return this;
    }

    /** Waits until each has heard all, once and in order. */
    void assertTold(FeedReader... readers) {
        List<String> all = IntStream.range(0, SIZE).mapToObj(this::content).toList();
        for (FeedReader reader : readers) {
            awaitTold(SIZE, reader);
            assertThat(reader.contents().stream().filter(content -> content.startsWith(name + '-')).toList()).containsExactlyElementsOf(all);
        }
    }

    private String content(int i) {
        return name + '-' + i;
    }

    private void run() {
        for (int from = 0; from < SIZE; from += INSERTED_TOGETHER) {
            insert(IntStream.range(from, from + INSERTED_TOGETHER).mapToObj(i -> MongoWriter.messageOf(room, content(i)).append("_id", new ObjectId())).toList());
        }
    }

    /** A server that went away may have done it or not; the documents have their ids already. */
    private void insert(List<Document> some) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).ignoreExceptionsInstanceOf(MongoException.class).until(() -> {
            try {
                writer.collection("chatmessages").insertMany(some, new InsertManyOptions().ordered(false));
            } catch (MongoBulkWriteException already) {
                assertThat(already.getWriteErrors()).allMatch(error -> error.getCode() == DUPLICATE_KEY);
            }
            return true;
        });
    }
}
