package io.pado.booking;

import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Fields;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.OptionalLong;
import org.bson.Document;

/**
 * A booking as answers show it. What another program did not write, or in a way that cannot be understood, is null.
 *
 * @param id            its name
 * @param bookingId     the same, as events call it
 * @param customerId    who booked
 * @param partnerId     of whom
 * @param serviceName   what
 * @param startsAt      when, UTC
 * @param amount        what it costs
 * @param status        pending, confirmed, completed or cancelled
 * @param paymentStatus unpaid, paid or refunded
 * @param createdAt     UTC, milliseconds
 * @param updatedAt     of the last step
 */
@JsonbNillable
@JsonbPropertyOrder({"id", "bookingId", "customerId", "partnerId", "serviceName", "startsAt", "amount", "status", "paymentStatus", "createdAt",
    "updatedAt"})
public record BookingView(String id, String bookingId, Long customerId, Long partnerId, String serviceName, Instant startsAt, BigDecimal amount,
        String status, String paymentStatus, Instant createdAt, Instant updatedAt) {

    static BookingView of(Document document) {
        Fields fields = new Fields(document);
        String id = DocumentIds.text(fields.id());
        return new BookingView(id, id, user(fields.user("customerId")), user(fields.user("partnerId")), fields.text("serviceName").orElse(null),
                fields.time("startsAt").orElse(null), fields.number("amount").orElse(null), fields.text("status").orElse(null),
                fields.text("paymentStatus").orElse(null), fields.time("createdAt").orElse(null), fields.time("updatedAt").orElse(null));
    }

    /** @return whether the user is one of its parties */
    boolean isOf(long userId) {
        return Long.valueOf(userId).equals(customerId) || Long.valueOf(userId).equals(partnerId);
    }

    private static Long user(OptionalLong user) {
        return user.isPresent() ? user.getAsLong() : null;
    }
}
