package io.pado.booking;

import io.pado.feed.Change;
import io.pado.feed.FeedTopics;
import io.pado.feed.MalformedDocument;
import io.pado.feed.Types;
import io.pado.feed.Watched;
import io.pado.platform.json.Json;
import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Fields;
import io.pado.realtime.Publication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What happens to a booking is told to its parties: the customer and the partner. */
@ApplicationScoped
public class BookingChanges implements Watched {

    private static final String BOOKING = "booking";
    private static final String CUSTOMER = "customerId";
    private static final String PARTNER = "partnerId";
    private static final String STATUS = "status";
    private static final String PAYMENT = "paymentStatus";
    private static final String SERVICE = "serviceName";
    private static final String STARTS_AT = "startsAt";
    private static final String AMOUNT = "amount";
    private static final String CREATED_AT = "createdAt";
    private static final String UPDATED_AT = "updatedAt";
    private static final Duration REMEMBERED = Duration.ofDays(30);

    /**
     * {@code data} of the event. What the document does not have is null.
     *
     * @param bookingId      the document's id
     * @param status         after the change
     * @param paymentStatus  after the change
     * @param previousStatus before the change; null for a new booking, and if it is not known
     * @param customerId     a party
     * @param partnerId      the other one
     * @param serviceName    what was booked
     * @param startsAt       UTC
     * @param amount         price
     * @param updatedAt      when it was changed, UTC
     * @param operation      {@code created}, {@code updated} or {@code deleted}
     */
    @JsonbNillable
    @JsonbPropertyOrder({"bookingId", "status", "paymentStatus", "previousStatus", "customerId", "partnerId", "serviceName", "startsAt", "amount", "updatedAt",
        "operation"})
    public record BookingEvent(String bookingId, String status, String paymentStatus, String previousStatus, Long customerId, Long partnerId,
            String serviceName, Instant startsAt, BigDecimal amount, Instant updatedAt, String operation) {
    }

    @Override
    public String collection() {
        return "bookings";
    }

    @Override
    public List<String> fields() {
        return List.of(STATUS, PAYMENT, CUSTOMER, PARTNER, SERVICE, STARTS_AT, AMOUNT, CREATED_AT, UPDATED_AT);
    }

    @Override
    public Duration remembered() {
        return REMEMBERED;
    }

    /** Who is a party no longer hears that the booking is gone for them, and nothing of what it is now; also of one that cannot be told any more. */
    @Override
    public List<Publication> told(Change change) {
        Set<Long> before = parties(change.before());
        Set<Long> after = parties(change.after());
        if (before.isEmpty() && after.isEmpty()) {
            throw new MalformedDocument(change.kind() == Change.Kind.DELETE ? "it is not known whose booking it was"
                    : "neither customerId nor partnerId is a user's id");
        }
        List<Publication> told = new ArrayList<>();
        String gone = before.isEmpty() ? "" : Json.text(event(change, change.before(), "deleted"));
        before.stream().filter(user -> !after.contains(user)).forEach(user -> told.add(publication(user, gone)));
        try {
            requireTypes(change.after());
        } catch (MalformedDocument malformed) {
            if (told.isEmpty()) {
                throw malformed;
            }
            return told;
        }
        String now = after.isEmpty() ? "" : Json.text(event(change, change.after(), change.kind() == Change.Kind.INSERT ? "created" : "updated"));
        after.forEach(user -> told.add(publication(user, now)));
        return told;
    }

    private static void requireTypes(Fields booking) {
        Types.requireIds(booking, CUSTOMER, PARTNER);
        Types.requireTexts(booking, STATUS, PAYMENT, SERVICE);
        Types.requireTimes(booking, STARTS_AT, CREATED_AT, UPDATED_AT);
        Types.requireNumbers(booking, AMOUNT);
    }

    private static BookingEvent event(Change change, Fields booking, String operation) {
        Instant changed = change.kind() == Change.Kind.DELETE ? change.time()
                : booking.time(UPDATED_AT).or(() -> booking.time(CREATED_AT)).orElse(change.time());
        return new BookingEvent(DocumentIds.text(change.id()), text(booking, STATUS), text(booking, PAYMENT), text(change.before(), STATUS),
                user(booking, CUSTOMER), user(booking, PARTNER), text(booking, SERVICE), booking.time(STARTS_AT).orElse(null),
                booking.number(AMOUNT).orElse(null), changed, operation);
    }

    private static Publication publication(long user, String json) {
        return new Publication(FeedTopics.of(user), BOOKING, "", json, "");
    }

    private static Set<Long> parties(Fields booking) {
        Set<Long> parties = new LinkedHashSet<>();
        booking.user(CUSTOMER).ifPresent(parties::add);
        booking.user(PARTNER).ifPresent(parties::add);
        return parties;
    }

    private static String text(Fields booking, String field) {
        return booking.text(field).orElse(null);
    }

    private static Long user(Fields booking, String field) {
        OptionalLong user = booking.user(field);
        return user.isPresent() ? user.getAsLong() : null;
    }
}
