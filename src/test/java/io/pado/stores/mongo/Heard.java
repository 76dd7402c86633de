package io.pado.stores.mongo;

import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.Document;

/** An open stream of changes in a test, read on the test's own thread. */
final class Heard implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final long WAIT_MILLIS = 200;

    private final MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor;

    private Heard(MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor) {
        this.cursor = cursor;
    }

    static Heard of(ChangeStreamIterable<Document> stream) {
        return new Heard(stream.maxAwaitTime(WAIT_MILLIS, TimeUnit.MILLISECONDS).cursor());
    }

    /** @return the next so many events; fewer if they do not come */
    List<ChangeStreamDocument<Document>> next(int count) {
        List<ChangeStreamDocument<Document>> heard = new ArrayList<>();
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (heard.size() < count && System.nanoTime() < end) {
            ChangeStreamDocument<Document> event = cursor.tryNext();
            if (event != null) {
                heard.add(event);
            }
        }
        return heard;
    }

    ChangeStreamDocument<Document> next() {
        List<ChangeStreamDocument<Document>> one = next(1);
        if (one.isEmpty()) {
            throw new AssertionError("No event came");
        }
        return one.get(0);
    }

    /** @return the next one if it comes at once, otherwise {@code null} */
    ChangeStreamDocument<Document> now() {
        return cursor.tryNext();
    }

    BsonDocument place() {
        return cursor.getResumeToken();
    }

    List<String> kinds(int count) {
        return next(count).stream().map(ChangeStreamDocument::getOperationTypeString).toList();
    }

    List<Object> ids(int count) {
        return next(count).stream().map(event -> event.getDocumentKey().get("_id"))
                .<Object>map(id -> id.isInt32() ? id.asInt32().getValue() : id.asString().getValue()).toList();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
