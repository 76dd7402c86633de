package io.pado.booking;

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
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The collection {@code bookings}. */
@ApplicationScoped
class BookingCollection implements Preparation {

    private static final String SLOT = "slot";
    private static final String STATUS = "status";
    private static final List<String> PARTIES = List.of("customerId", "partnerId");
    private static final List<String> FIELDS = List.of("customerId", "partnerId", "serviceName", "startsAt", "amount", STATUS, "paymentStatus",
            "createdAt", "updatedAt");

    @Inject
    private Mongo mongo;

    private Documents documents;

    @PostConstruct
    void open() {
        documents = new Documents(mongo, "bookings", "/api/bookings/", FIELDS, CollectionIndexes.unique(SLOT),
                CollectionIndexes.newest(PARTIES.get(0)), CollectionIndexes.newest(PARTIES.get(1)));
    }

    @Override
    public void prepare() {
        documents.prepare();
    }

    /**
     * @param make makes the document; not called if the same request was answered before
     * @throws io.pado.platform.mongo.KeyTaken if its slot is taken
     */
    Answer insert(long userId, IdempotencyKey key, Supplier<Document> make) {
        return documents.insert(userId, key, make, BookingView::of);
    }

    boolean isEmpty() {
        return documents.isEmpty();
    }

    /** Another program may cancel a booking without giving its slot back. @return whether that was so */
    boolean freeIfCancelled(String slot) {
        return documents.update(Filters.and(Filters.eq(SLOT, slot), Filters.eq(STATUS, "cancelled")), Updates.unset(SLOT));
    }

    Page<Document> of(long userId, PageRequest page) {
        return documents.page(Filters.or(PARTIES.stream().map(party -> Filters.in(party, Fields.userCandidates(userId))).toList()), page);
    }

    /** @return those with this id; two at most, for a text and a number may look the same */
    List<Document> find(String id) {
        return documents.find(Filters.in("_id", DocumentIds.candidates(id)));
    }

    /**
     * One atomic update.
     *
     * @param before what was read
     * @param fields what to set
     * @param at     when
     * @param isFree whether its slot is free then
     * @return what it is then; empty if one of the fields is not what was read any more
     */
    Optional<Document> change(Document before, Document fields, Date at, boolean isFree) {
        List<Bson> filter = new ArrayList<>(List.of(Filters.eq("_id", before.get("_id"))));
        List<Bson> update = new ArrayList<>(List.of(Updates.set("updatedAt", at)));
        fields.forEach((name, value) -> {
            filter.add(Filters.eq(name, before.get(name)));
            update.add(Updates.set(name, value));
        });
        if (isFree) {
            update.add(Updates.unset(SLOT));
        }
        return documents.change(Filters.and(filter), Updates.combine(update));
    }
}
