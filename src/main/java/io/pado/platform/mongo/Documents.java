package io.pado.platform.mongo;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * A collection whose documents are inserted once however often the request comes, listed page by page, and changed by one atomic update. It is read
 * from the primary, for another member may not know yet what was just written. Thread-safe.
 */
public final class Documents {

    private final MongoCollection<Document> collection;
    private final CollectionIndexes indexes;
    private final IdempotentInserts inserts;
    private final Pages pages;
    private final Bson fields;

    /**
     * @param path    where each document is found, up to its id: {@code /api/bookings/}; empty if they are found in lists only
     * @param fields  what is read of each document besides {@code _id}; others may be large
     * @param indexes what there is to be, besides that of the requests' keys
     */
    public Documents(Mongo mongo, String name, String path, List<String> fields, IndexModel... indexes) {
        this.collection = mongo.database().getCollection(name).withReadPreference(ReadPreference.primary());
        this.indexes = new CollectionIndexes(collection, Stream.concat(Stream.of(CollectionIndexes.unique(IdempotentInserts.KEY)), Stream.of(indexes))
                .toArray(IndexModel[]::new));
        this.inserts = new IdempotentInserts(collection, path);
        this.pages = new Pages(collection, fields);
        this.fields = Projections.include(fields);
    }

    /** Makes the indexes that are missing. */
    public void prepare() {
        indexes.make();
    }

    /** As {@link IdempotentInserts#insert}, with the indexes that it needs. */
    public Answer insert(long userId, IdempotencyKey key, Supplier<Document> make, Function<Document, ?> view) {
        indexes.require();
        return inserts.insert(userId, key, make, view);
    }

    /** As {@link IdempotentInserts#earlier}. */
    public Optional<Answer> earlier(long userId, IdempotencyKey key) {
        return inserts.earlier(userId, key);
    }

    public boolean isEmpty() {
        return collection.find().limit(1).first() == null;
    }

    /** @return how many there are, up to a number */
    public long count(Bson filter, int most) {
        return collection.countDocuments(filter, new CountOptions().limit(most));
    }

    public Page<Document> page(Bson filter, PageRequest request) {
        return pages.read(filter, request);
    }

    /** @return those that are listed behind a document, with {@code createdAt} as it was read; no more than {@code most} */
    public List<Document> behind(Document document, Bson filter, int most) {
        return pages.read(filter, new PageRequest(Optional.of(pages.place(document)), most)).items();
    }

    /** @return all of them, in no order */
    public List<Document> find(Bson filter) {
        return collection.find(filter).projection(fields).into(new ArrayList<>());
    }

    /** Changes one of them. @return what it is then; empty if there is none */
    public Optional<Document> change(Bson filter, Bson update) {
        return Optional.ofNullable(collection.findOneAndUpdate(filter, update,
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER).projection(fields)));
    }

    /** Changes one of them that nobody needs to see then. @return whether there was one, and it was not so already */
    public boolean update(Bson filter, Bson update) {
        return collection.updateOne(filter, update).getModifiedCount() > 0;
    }

    /** Deletes one of them. @return whether there was one */
    public boolean delete(Bson filter) {
        return collection.deleteOne(filter).getDeletedCount() > 0;
    }

    /** Changes all of them. */
    public void updateAll(Bson filter, Bson update) {
        collection.updateMany(filter, update);
    }
}
