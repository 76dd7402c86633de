package io.pado.platform.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bson.Document;

/**
 * Inserts that may come twice and are done once. The request's key and the first answer stand in the document itself, as {@code call} with
 * {@code key}, {@code content} and {@code answer}, below a unique index: so they exist if and only if it was stored. Of two at a time the index refuses the
 * second, which then gets the answer of the first. They live as long as the document.
 */
public final class IdempotentInserts {

    /** What must be unique in the collection. */
    public static final String KEY = "call.key";

    private static final String CALL = "call";
    private static final String CONTENT = "content";
    private static final String ANSWER = "answer";
    private static final int CREATED = 201;
    private static final long READ_TIMEOUT_SECONDS = 2;

    private final MongoCollection<Document> collection;
    private final String path;

    /** @param path where each document is found, up to its id: {@code /api/bookings/}; empty if they are found in lists only */
    public IdempotentInserts(MongoCollection<Document> collection, String path) {
        this.collection = collection;
        this.path = path;
    }

    /**
     * Inserts a document, unless the same caller has done so with the same key.
     *
     * @param userId whose key it is
     * @param make   makes it, with its {@code _id}; may refuse. Not called if it was done before
     * @param view   makes the answer's body of it
     * @return 201, now or the first time
     * @throws ProblemException 409 if the key was used for something else, or what {@code make} throws
     * @throws KeyTaken         if there is another document where there must be one only
     */
    public Answer insert(long userId, IdempotencyKey key, Supplier<Document> make, Function<Document, ?> view) {
        if (!key.isGiven()) {
            return stored(make.get(), view);
        }
        Optional<Answer> earlier = earlier(userId, key);
        return earlier.isPresent() ? earlier.get() : first(userId, key, make.get(), view);
    }

    private Answer first(long userId, IdempotencyKey key, Document document, Function<Document, ?> view) {
        document.append(CALL, new Document("key", unique(userId, key)).append(CONTENT, key.content()).append(ANSWER, Json.text(view.apply(document))));
        try {
            return stored(document, view);
        } catch (KeyTaken taken) {
            return earlier(userId, key).orElseThrow(() -> taken);
        }
    }

    private Answer stored(Document document, Function<Document, ?> view) {
        try {
            collection.insertOne(document);
        } catch (MongoWriteException refusal) {
            if (refusal.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                throw new KeyTaken(refusal);
            }
            throw refusal;
        }
        return created(document, Json.text(view.apply(document)));
    }

    /**
     * What the same request was answered. It cannot be lost any more, hence linearizable.
     *
     * @return the first answer; empty if the request has no key or is new
     * @throws ProblemException 409 if the key was used for something else
     */
    public Optional<Answer> earlier(long userId, IdempotencyKey key) {
        if (!key.isGiven()) {
            return Optional.empty();
        }
        Document document = collection.withReadConcern(ReadConcern.LINEARIZABLE).find(Filters.eq(KEY, unique(userId, key)))
                .maxTime(READ_TIMEOUT_SECONDS, TimeUnit.SECONDS).first();
        if (document == null) {
            return Optional.empty();
        }
        Fields call = new Fields(document.get(CALL) instanceof Document stored ? stored : new Document());
        key.requireSame(call.text(CONTENT).orElse(""));
        return Optional.of(created(document, call.text(ANSWER).orElse("{}")));
    }

    private static String unique(long userId, IdempotencyKey key) {
        return userId + ":" + key.text();
    }

    private Answer created(Document document, String json) {
        return new Answer(CREATED, path.isEmpty() ? "" : path + DocumentIds.text(document.get("_id")), json);
    }
}
