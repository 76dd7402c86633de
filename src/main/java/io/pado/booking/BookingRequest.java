package io.pado.booking;

import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Body of a new booking.
 *
 * @param partnerId   whose time is booked
 * @param serviceName what is booked
 * @param startsAt    when it begins
 * @param amount      what it costs
 */
record BookingRequest(long partnerId, String serviceName, Instant startsAt, long amount) {

    private static final String EXAMPLE =
            "{\"partnerId\": 7, \"serviceName\": \"...\", \"startsAt\": \"2027-01-15T10:00:00+09:00\", \"amount\": 30000}";
    private static final String MOMENT = "must be a moment with its zone, like 2027-01-15T10:00:00+09:00";
    private static final int MAX_NAME = 200;
    private static final int MAX_MOMENT = 40;
    /** All whole numbers up to here are exact in JavaScript. */
    private static final long MAX_AMOUNT = 9_007_199_254_740_991L;
    private static final Duration FARTHEST = Duration.ofDays(731);

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for what is missing, out of range or no moment */
    static BookingRequest parse(String body) {
        JsonBody fields = JsonBody.parse(body, EXAMPLE);
        long partner = fields.number("partnerId", "the id of a user").orElse(0);
        String name = fields.text("serviceName", MAX_NAME);
        Instant startsAt = moment(fields);
        long amount = fields.number("amount", 0, MAX_AMOUNT);
        fields.check();
        return new BookingRequest(partner, name, startsAt, amount);
    }

    private static Instant moment(JsonBody fields) {
        String sent = fields.text("startsAt", MAX_MOMENT);
        try {
            return sent.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(sent).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException noMoment) {
            fields.wrong("startsAt", MOMENT);
            return Instant.EPOCH;
        }
    }

    /** @throws ProblemException 422 unless it is within the two years that follow */
    void requireAhead(Instant now) {
        if (startsAt.isBefore(now)) {
            throw ProblemException.invalid("startsAt", "has passed; book a time to come");
        }
        if (startsAt.isAfter(now.plus(FARTHEST))) {
            throw ProblemException.invalid("startsAt", "is too far away; book a time within the next two years");
        }
    }

    /** @return what only one booking that is not cancelled may have: the partner and the minute */
    String slot() {
        return partnerId + "@" + minute();
    }

    Instant minute() {
        return startsAt.truncatedTo(ChronoUnit.MINUTES);
    }

    /** @return whether both cannot be: the other one is not cancelled, and of the same partner and minute */
    boolean collides(BookingView other) {
        return !Bookings.CANCELLED.equals(other.status()) && Long.valueOf(partnerId).equals(other.partnerId())
                && other.startsAt() != null && minute().equals(other.startsAt().truncatedTo(ChronoUnit.MINUTES));
    }
}
