package io.pado.feed.watch;

import com.mongodb.MongoChangeStreamException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.UpdateDescription;
import io.pado.feed.Watched;
import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Mongo;
import io.pado.platform.mongo.MongoFailures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.codecs.DecoderContext;

/** The stream of changes of one database, over the driver. Of one thread. All methods throw a {@link MongoException} if MongoDB cannot do it now. */
final class DatabaseWatcher {

    private static final int MAX_CHANGES = 500;
    private static final int MAX_WAIT_MILLIS = 500;
    private static final int TOO_LARGE = 10_334;
    private static final String TOKEN = "token";
    private static final String HISTORY = "history";
    /** CappedPositionLost, InvalidResumeToken, ChangeStreamFatalError, ChangeStreamHistoryLost. */
    private static final Map<Integer, String> ENDS = Map.of(136, HISTORY, 260, TOKEN, 280, TOKEN, 286, HISTORY);
    /** In place of a name, of errors that have none. */
    private static final String NAMELESS = "Location";
    private static final String NOT_RESUMABLE = "NonResumableChangeStreamError";
    private static final Set<String> INSERTS = Set.of("insert");
    private static final Set<String> ALL = Set.of("insert", "update", "replace", "delete", "drop", "rename");
    private static final Set<String> ENDINGS = Set.of("drop", "rename");

    private final Mongo mongo;
    private final Collection<Watched> watched;
    private MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor;

    DatabaseWatcher(Mongo mongo, Collection<Watched> watched) {
        this.mongo = mongo;
        this.watched = watched;
    }

    /** @return MongoDB's time, that of its last write: a stream from there tells that one, and all that follow */
    BsonTimestamp now() {
        Document answer = database().runCommand(new Document("ping", 1));
        if (answer.get("operationTime") instanceof BsonTimestamp time) {
            return time;
        }
        throw new MongoException("This MongoDB is no replica set, so it tells nobody of changes: start it with --replSet, then run rs.initiate()");
    }

    boolean isOpen() {
        return cursor != null;
    }

    /** Opens the stream at a place. @throws StreamOver if it cannot go on there */
    void open(Position place) {
        cursor = opened(place, false);
    }

    /**
     * @return what happened; waits half a second at most for something
     * @throws StreamOver if nothing can follow; {@link EventTooLarge} if what follows is too large to be told
     */
    Batch next() {
        return read(cursor, MAX_CHANGES);
    }

    /** @return only the next change, which is too large to be told, without its fields; none if MongoDB does not tell it in time */
    Batch nextWithoutFields(Position place) {
        try (MongoChangeStreamCursor<ChangeStreamDocument<Document>> keys = opened(place, true)) {
            return read(keys, 1);
        }
    }

    void close() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }

    /** @return some fields of a document as it is now */
    Optional<Document> find(Watched collection, Object id) {
        return Optional.ofNullable(collection(collection).find(new Document("_id", id)).projection(projection(collection)).first());
    }

    /** Gives some fields of all documents of a collection, in some order. */
    void all(Watched collection, Consumer<Document> reader) {
        collection(collection).find().projection(projection(collection)).forEach(reader);
    }

    private Batch read(MongoChangeStreamCursor<ChangeStreamDocument<Document>> from, int most) {
        try {
            List<RawChange> changes = new ArrayList<>();
            ChangeStreamDocument<Document> event = from.tryNext();
            while (event != null) {
                changes.add(raw(event));
                event = changes.size() < most && from.available() > 0 ? from.tryNext() : null;
            }
            BsonDocument token = from.getResumeToken();
            return new Batch(changes, token == null ? null : Position.after(token));
        } catch (MongoException failure) {
            throw ending(failure);
        }
    }

    private MongoChangeStreamCursor<ChangeStreamDocument<Document>> opened(Position place, boolean keysOnly) {
        ChangeStreamIterable<Document> stream = stream(keysOnly);
        try {
            return (place.token() == null ? stream.startAtOperationTime(place.time()) : stream.startAfter(place.token())).cursor();
        } catch (MongoException failure) {
            RuntimeException ending = ending(failure);
            throw ending == failure && place.token() != null && isOfTheToken(failure) ? new StreamOver(TOKEN, words(failure), failure) : ending;
        }
    }

    /**
     * By version and product, a damaged token is refused with errors that mean other things too, or have no name. It is the token if the stream can be opened
     * without it.
     */
    private boolean isOfTheToken(MongoException failure) {
        boolean isRefused = failure instanceof MongoCommandException refused && (!MongoFailures.mayPass(refused) || refused.getErrorCodeName().isEmpty()
                || refused.getErrorCodeName().startsWith(NAMELESS));
        if (isRefused) {
            stream(true).cursor().close();
        }
        return isRefused;
    }

    private ChangeStreamIterable<Document> stream(boolean keysOnly) {
        return database().watch(List.of(match(), project(keysOnly))).batchSize(keysOnly ? 1 : MAX_CHANGES).maxAwaitTime(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** By collection and operation only: a filter on more may lose the place to go on from. */
    private Document match() {
        List<Document> any = new ArrayList<>();
        watched.forEach(each -> any.add(new Document("ns.coll", each.collection()).append("operationType",
                new Document("$in", List.copyOf(each.remembered().isZero() ? INSERTS : ALL)))));
        List<String> names = watched.stream().map(Watched::collection).toList();
        any.add(new Document("ns.coll", new Document("$in", names)).append("operationType", new Document("$in", List.copyOf(ENDINGS))));
        any.add(new Document("to.coll", new Document("$in", names)));
        any.add(new Document("operationType", new Document("$in", List.of("dropDatabase", "invalidate"))));
        return new Document("$match", new Document("$or", any));
    }

    private Document project(boolean keysOnly) {
        Document fields = new Document("operationType", 1).append("ns", 1).append("to", 1).append("documentKey", 1).append("clusterTime", 1);
        if (!keysOnly) {
            fields.append("updateDescription.removedFields", 1);
            watched.stream().flatMap(each -> Stream.concat(Stream.of("_id"), each.fields().stream())).distinct()
                    .forEach(field -> fields.append("fullDocument." + field, 1).append("updateDescription.updatedFields." + field, 1));
        }
        return new Document("$project", fields);
    }

    private RawChange raw(ChangeStreamDocument<Document> event) {
        UpdateDescription update = event.getUpdateDescription();
        BsonDocument key = event.getDocumentKey();
        BsonTimestamp time = event.getClusterTime();
        return new RawChange(event.getOperationTypeString(), event.getNamespace() == null ? "" : event.getNamespace().getCollectionName(),
                key == null ? null : document(key).get("_id"), Instant.ofEpochSecond(time == null ? 0 : time.getTime()), event.getFullDocument(),
                update == null || update.getUpdatedFields() == null ? new Document() : document(update.getUpdatedFields()),
                update == null || update.getRemovedFields() == null ? List.of() : update.getRemovedFields(),
                DocumentIds.word(document(event.getResumeToken())));
    }

    private Document document(BsonDocument bson) {
        return database().getCodecRegistry().get(Document.class).decode(new BsonDocumentReader(bson), DecoderContext.builder().build());
    }

    private static RuntimeException ending(MongoException failure) {
        if (failure.getCode() == TOO_LARGE) {
            return new EventTooLarge(failure);
        }
        String reason = ENDS.get(failure.getCode());
        if (reason == null && (failure.hasErrorLabel(NOT_RESUMABLE) || failure instanceof MongoChangeStreamException)) {
            reason = "stream";
        }
        return reason == null ? failure : new StreamOver(reason, words(failure), failure);
    }

    private static String words(MongoException failure) {
        return failure instanceof MongoCommandException refused ? refused.getErrorMessage() : failure.getMessage();
    }

    private MongoCollection<Document> collection(Watched each) {
        return database().getCollection(each.collection()).withReadPreference(ReadPreference.primary());
    }

    private static Document projection(Watched collection) {
        Document fields = new Document();
        collection.fields().forEach(field -> fields.append(field, 1));
        return fields;
    }

    private MongoDatabase database() {
        return mongo.database();
    }
}
