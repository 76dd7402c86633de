package io.pado.notification;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.mongo.CollectionIndexes;
import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Documents;
import io.pado.platform.mongo.Fields;
import io.pado.platform.mongo.Mongo;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
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

/** The collection {@code notifications}. */
@ApplicationScoped
class NotificationCollection implements Preparation {

    private static final String USER = "userId";
    private static final String READ_AT = "readAt";
    private static final List<String> FIELDS = List.of("title", "message", "kind", "link", "createdAt", READ_AT);

    @Inject
    private Mongo mongo;

    private Documents documents;

    @PostConstruct
    void open() {
        documents = new Documents(mongo, "notifications", "", FIELDS, CollectionIndexes.newest(USER));
    }

    @Override
    public void prepare() {
        documents.prepare();
    }

    /** @param make makes the document; not called if the same request was answered before */
    Answer insert(long sender, IdempotencyKey key, Supplier<Document> make) {
        return documents.insert(sender, key, make, NotificationView::of);
    }

    boolean isEmpty() {
        return documents.isEmpty();
    }

    Page<Document> of(long userId, boolean unreadOnly, PageRequest page) {
        Bson own = Filters.in(USER, Fields.userCandidates(userId));
        return documents.page(unreadOnly ? Filters.and(own, Filters.eq(READ_AT, null)) : own, page);
    }

    Optional<Document> find(long userId, String id) {
        return documents.find(own(userId, id)).stream().findFirst();
    }

    /**
     * Writes down that somebody read theirs, unless that stands there already, or takes it back.
     *
     * @param at when; empty for not at all
     * @return what it is then; empty if nothing was to be changed
     */
    Optional<Document> read(long userId, String id, Optional<Date> at) {
        Bson toChange = at.isPresent() ? Filters.eq(READ_AT, null) : Filters.ne(READ_AT, null);
        return documents.change(Filters.and(own(userId, id), toChange), Updates.set(READ_AT, at.orElse(null)));
    }

    private static Bson own(long userId, String id) {
        return Filters.and(Filters.in("_id", DocumentIds.candidates(id)), Filters.in(USER, Fields.userCandidates(userId)));
    }
}
