package io.pado.platform.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bson.Document;

/** The indexes of a collection. One that the server refuses to make is told in the log, once; everything else goes on. Thread-safe. */
public final class CollectionIndexes {

    private static final Logger LOG = Logger.getLogger(CollectionIndexes.class.getName());
    private static final String CREATED_AT = "createdAt";

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

    /** Makes those that are missing. */
    public void make() {
        indexes.forEach(this::make);
        made = true;
    }

    /** Makes those that are missing, unless this node has done so before: nothing is written before what must be unique is. */
    public void require() {
        if (!made) {
            make();
        }
    }

    private void make(IndexModel index) {
        try {
            collection.createIndex(index.getKeys(), index.getOptions());
        } catch (MongoCommandException refusal) {
            String keys = index.getKeys().toBsonDocument().toJson();
            if (refused.add(keys)) {
                LOG.log(Level.WARNING, "MongoDB refuses the index {0} of {1}: {2}. What it is for is not guaranteed, or slow, until it can be made",
                        new Object[] {keys, collection.getNamespace(), refusal.getErrorMessage()});
            }
        }
    }
}
