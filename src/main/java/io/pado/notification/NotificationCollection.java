package io.pado.notification;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import io.pado.platform.Answer;
import io.pado.platform.IdempotencyKey;
import io.pado.platform.mongo.CollectionIndexes;
import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Fields;
import io.pado.platform.mongo.IdempotentInserts;
import io.pado.platform.mongo.Mongo;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
import io.pado.platform.mongo.Pages;
import io.pado.platform.mongo.Preparation;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The collection {@code notifications}; read from the primary, for another member may not know yet what was just written. */
@ApplicationScoped
class NotificationCollection implements Preparation {

    private static final String USER = "userId";
    private static final String READ_AT = "readAt";
    private static final List<String> FIELDS = List.of("title", "message", "kind", "link", "createdAt", READ_AT);

    @Inject
    private Mongo mongo;

    private MongoCollection<Document> collection;
    private CollectionIndexes indexes;
    private IdempotentInserts inserts;
    private Pages pages;

    @PostConstruct
    void open() {
        collection = mongo.database().getCollection("notifications").withReadPreference(ReadPreference.primary());
        indexes = new CollectionIndexes(collection, CollectionIndexes.unique(IdempotentInserts.KEY), CollectionIndexes.newest(USER));
        inserts = new IdempotentInserts(collection, "");
        pages = new Pages(collection, FIELDS);
    }

    @Override
    public void prepare() {
        indexes.make();
    }

    /** @param make makes the document; not called if the same request was answered before */
    Answer insert(long sender, IdempotencyKey key, Supplier<Document> make) {
        indexes.require();
        return inserts.insert(sender, key, make, NotificationView::of);
    }

    boolean isEmpty() {
        return collection.find().limit(1).first() == null;
    }

    Page<Document> of(long userId, boolean unreadOnly, PageRequest page) {
        Bson own = Filters.in(USER, Fields.userCandidates(userId));
        return pages.read(unreadOnly ? Filters.and(own, Filters.eq(READ_AT, null)) : own, page);
    }

    Optional<Document> find(long userId, String id) {
        return Optional.ofNullable(collection.find(own(userId, id)).projection(Projections.include(FIELDS)).first());
    }

    /**
     * Writes down that somebody read theirs, unless that stands there already, or takes it back.
     *
     * @param at when; empty for not at all
     * @return what it is then; empty if nothing was to be changed
     */
    Optional<Document> read(long userId, String id, Optional<Date> at) {
        Bson toChange = at.isPresent() ? Filters.eq(READ_AT, null) : Filters.ne(READ_AT, null);
        return Optional.ofNullable(collection.findOneAndUpdate(Filters.and(own(userId, id), toChange), Updates.set(READ_AT, at.orElse(null)),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER).projection(Projections.include(FIELDS))));
    }

    private static Bson own(long userId, String id) {
        return Filters.and(Filters.in("_id", DocumentIds.candidates(id)), Filters.in(USER, Fields.userCandidates(userId)));
    }
}
