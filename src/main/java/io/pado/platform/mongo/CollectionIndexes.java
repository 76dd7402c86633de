package io.pado.platform.mongo;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.bson.Document;

/**
 * The indexes of a collection. One that the server refuses to make for a reason that lasts, above all because of the documents and indexes that are there, is
 * told in the log, once, and everything else goes on. Any other failure is thrown: nothing is written then. Thread-safe.
 */
public final class CollectionIndexes {

    private static final Logger LOG = Logger.getLogger(CollectionIndexes.class.getName());
    private static final String CREATED_AT = "createdAt";
    /** CannotCreateIndex, IndexOptionsConflict, IndexKeySpecsConflict, CannotIndexParallelArrays, InvalidIndexSpecificationOption. */
    private static final Set<Integer> LASTING = Set.of(67, 85, 86, 171, 197);
    private static final int UNAUTHORIZED = 13;

    private final MongoCollection<Document> collection;
    private final List<IndexModel> indexes;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private volatile boolean made;

    /** @param indexes what there is to be */
    public CollectionIndexes(MongoCollection<Document> collection, IndexModel... indexes) {
        this.collection = collection;
        this.indexes = List.of(indexes);
    }

    /** @return an index for {@link Pages} of the documents of one value */
    public static IndexModel newest(String field) {
        return new IndexModel(Indexes.compoundIndex(Indexes.ascending(field), Indexes.descending(CREATED_AT, "_id")));
    }

    /** @return an index by which no two documents that have the field have the same value */
    public static IndexModel unique(String field) {
        return new IndexModel(Indexes.ascending(field), new IndexOptions().unique(true).sparse(true));
    }

    /**
     * Makes those that are missing.
     *
     * @throws MongoException if MongoDB does not do it now, or does not allow it and what must be unique is not so already
     */
    public void make() {
        indexes.forEach(this::make);
        made = true;
    }

    /** As {@link #make}, unless this node has done so before: nothing is written before what must be unique is. */
    public void require() {
        if (!made) {
            make();
        }
    }

    private void make(IndexModel index) {
        String keys = index.getKeys().toBsonDocument().toJson();
        try {
            collection.createIndex(index.getKeys(), index.getOptions());
        } catch (MongoException failure) {
            boolean lasts = failure instanceof DuplicateKeyException || LASTING.contains(failure.getCode());
            if (!lasts && failure.getCode() != UNAUTHORIZED) {
                throw failure;
            }
            if (!exists(index)) {
                if (!lasts && index.getOptions().isUnique()) {
                    throw failure;
                }
                tellRefused(keys, failure);
                return;
            }
        }
        if (refused.remove(keys)) {
            LOG.log(Level.INFO, "MongoDB refuses the index {0} of {1} no more", new Object[] {keys, collection.getNamespace()});
        }
    }

    private void tellRefused(String keys, MongoException refusal) {
        if (refused.add(keys)) {
            LOG.log(Level.WARNING, "MongoDB refuses the index {0} of {1}: {2}. What it is for is not guaranteed, or slow, until it can be made",
                    new Object[] {keys, collection.getNamespace(),
                        refusal instanceof MongoCommandException answer ? answer.getErrorMessage() : refusal.getMessage()});
        }
    }

    /** Whether somebody else has made one that does the same, by another name maybe. */
    private boolean exists(IndexModel index) {
        return collection.listIndexes(BsonDocument.class).into(new ArrayList<>()).stream().anyMatch(each -> isSame(each, index));
    }

    private static boolean isSame(BsonDocument one, IndexModel other) {
        return directions(one.getDocument("key", new BsonDocument())).equals(directions(other.getKeys().toBsonDocument()))
                && isOn(one, "unique") == other.getOptions().isUnique() && isOn(one, "sparse") == other.getOptions().isSparse()
                && !one.containsKey("partialFilterExpression") && !one.containsKey("collation");
    }

    /** Shells write numbers with a point. */
    private static List<String> directions(BsonDocument keys) {
        return keys.entrySet().stream().map(key -> key.getKey() + ' ' + direction(key.getValue())).toList();
    }

    private static Object direction(BsonValue value) {
        return value instanceof BsonNumber number ? number.intValue() : value;
    }

    private static boolean isOn(BsonDocument index, String option) {
        BsonValue value = index.get(option);
        return value != null && (value.isBoolean() ? value.asBoolean().getValue() : value.isNumber() && value.asNumber().intValue() != 0);
    }
}
