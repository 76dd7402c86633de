package io.pado.booking;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The collection {@code bookings}. */
@ApplicationScoped
class BookingCollection implements Preparation {

    private static final String SLOT = "slot";
    private static final String STATUS = "status";
    private static final String PARTNER = "partnerId";
    private static final String STARTS_AT = "startsAt";
    private static final List<String> PARTIES = List.of("customerId", PARTNER);
    private static final List<String> FIELDS = List.of("customerId", PARTNER, "serviceName", STARTS_AT, "amount", STATUS, "paymentStatus",
            "createdAt", "updatedAt");

    @Inject
    private Mongo mongo;

    private Documents documents;

    @PostConstruct
    void open() {
        documents = new Documents(mongo, "bookings", "/api/bookings/", FIELDS, CollectionIndexes.unique(SLOT),
                CollectionIndexes.newest(PARTIES.get(0)), CollectionIndexes.newest(PARTNER), new IndexModel(Indexes.ascending(PARTNER, STARTS_AT)));
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

    /** @return whether another program has booked the same time, or moved a booking there: such a booking holds no slot, or another one */
    boolean isTakenPast(BookingRequest request) {
        Bson near = Filters.and(Filters.in(PARTNER, Fields.userCandidates(request.partnerId())), around(request.minute()));
        return documents.find(Filters.and(near, Filters.ne(SLOT, request.slot()))).stream().anyMatch(other -> request.collides(BookingView.of(other)));
    }

    /** Another program may cancel or move a booking without giving its slot back. @return whether that was so */
    boolean freeIfLeft(BookingRequest request) {
        return documents.find(Filters.eq(SLOT, request.slot())).stream().filter(other -> !request.collides(BookingView.of(other)))
                .anyMatch(other -> documents.update(asRead(other), Updates.unset(SLOT)));
    }

    private static Bson asRead(Document booking) {
        return Filters.and(Stream.of("_id", STATUS, PARTNER, STARTS_AT).map(name -> Filters.eq(name, booking.get(name))).toList());
    }

    /** What begins in that minute, in every way in which {@link Fields#time} understands it; of texts also what begins a day earlier or later. */
    private static Bson around(Instant minute) {
        Instant next = minute.plus(1, ChronoUnit.MINUTES);
        return Filters.or(between(Date.from(minute), Date.from(next)), between(minute.toEpochMilli(), next.toEpochMilli()),
                between(new BsonTimestamp((int) minute.getEpochSecond(), 0), new BsonTimestamp((int) next.getEpochSecond(), 0)),
                between(minute.minus(2, ChronoUnit.DAYS).toString(), minute.plus(2, ChronoUnit.DAYS).toString()));
    }

    private static Bson between(Object from, Object to) {
        return Filters.and(Filters.gte(STARTS_AT, from), Filters.lt(STARTS_AT, to));
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
