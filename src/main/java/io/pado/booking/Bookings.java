package io.pado.booking;

import io.pado.identity.Caller;
import io.pado.identity.Roles;
import io.pado.identity.user.UserNames;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.mongo.KeyTaken;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.types.ObjectId;

/** What can be done with bookings. Each step is one atomic write, so steps at the same time, on any node, come one after the other. */
@ApplicationScoped
public class Bookings {

    static final String CANCELLED = "cancelled";
    private static final int MAX_ATTEMPTS = 20;

    @Inject
    private BookingCollection collection;
    @Inject
    private UserNames users;
    @Inject
    private Clock clock;

    /**
     * Books for the caller.
     *
     * @return 201 with the booking; the same again for the same key
     * @throws ProblemException 409 if the partner has another booking at that time, 422 for a partner or a time that cannot be booked
     */
    Answer book(long customer, IdempotencyKey key, BookingRequest request) {
        Supplier<Document> make = () -> document(customer, request);
        try {
            return collection.insert(customer, key, make);
        } catch (KeyTaken taken) {
            if (!collection.freeIfLeft(request)) {
                throw slotTaken();
            }
        }
        try {
            return collection.insert(customer, key, make);
        } catch (KeyTaken takenAgain) {
            throw slotTaken();
        }
    }

    /** @return the user's bookings, as customer and as partner */
    Page<BookingView> of(long userId, PageRequest page) {
        return collection.of(userId, page).map(BookingView::of);
    }

    /** @throws ProblemException 404 unless the user is one of its parties */
    BookingView get(long userId, String id) {
        return collection.find(id).stream().map(BookingView::of).filter(booking -> booking.isOf(userId)).findFirst()
                .orElseThrow(Bookings::noSuchBooking);
    }

    /**
     * Takes steps.
     *
     * @throws ProblemException 404 for one that the caller does not know, 403 for a step of others, 409 for one that there is not
     */
    BookingView change(Caller caller, String id, BookingChange change) {
        long user = caller.userId().orElseThrow();
        Predicate<BookingView> known = booking -> caller.is(Roles.ADMIN) || booking.isOf(user);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Document before = collection.find(id).stream().filter(document -> known.test(BookingView.of(document))).findFirst()
                    .orElseThrow(Bookings::noSuchBooking);
            BookingView booking = BookingView.of(before);
            change.require(booking, parties(booking, user));
            Optional<Document> after = collection.change(before, change.fields(), Date.from(clock.instant()), change.sets(CANCELLED));
            if (after.isPresent()) {
                return BookingView.of(after.get());
            }
        }
        throw ProblemException.unavailable("This booking is changed by others all the time; try again in a few seconds.");
    }

    private static Set<Party> parties(BookingView booking, long user) {
        Set<Party> parties = EnumSet.noneOf(Party.class);
        if (Long.valueOf(user).equals(booking.customerId())) {
            parties.add(Party.CUSTOMER);
        }
        if (Long.valueOf(user).equals(booking.partnerId())) {
            parties.add(Party.PARTNER);
        }
        return parties.isEmpty() ? EnumSet.of(Party.ADMIN) : parties;
    }

    private Document document(long customer, BookingRequest request) {
        Instant now = clock.instant();
        request.requireAhead(now);
        if (request.partnerId() == customer) {
            throw ProblemException.invalid("partnerId", "is you; book of somebody else");
        }
        if (users.of(List.of(request.partnerId())).isEmpty()) {
            throw ProblemException.invalid("partnerId", "is no user; send the id of one");
        }
        if (collection.isTakenPast(request)) {
            throw slotTaken();
        }
        return new Document("_id", new ObjectId()).append("customerId", customer).append("partnerId", request.partnerId())
                .append("serviceName", request.serviceName()).append("startsAt", Date.from(request.startsAt())).append("amount", request.amount())
                .append("status", "pending").append("paymentStatus", "unpaid").append("createdAt", Date.from(now))
                .append("updatedAt", Date.from(now)).append("slot", request.slot());
    }

    private static ProblemException slotTaken() {
        return ProblemException.conflict("slot-taken", "The partner has another booking at this time; take another time.");
    }

    private static ProblemException noSuchBooking() {
        return ProblemException.notFound("no-such-booking", "You have no such booking; GET /api/bookings lists yours.");
    }
}
