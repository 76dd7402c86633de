package io.pado.booking;

import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.Document;

/**
 * Steps that a booking is to take, in one.
 *
 * @param wanted for each field that is to change, what it is to become
 */
record BookingChange(Map<Steps, String> wanted) {

    private static final String EXAMPLE = "{\"status\": \"confirmed\"}";
    private static final int MOST = 20;

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for unknown values, and if nothing is to change */
    static BookingChange parse(String body) {
        JsonBody fields = JsonBody.parse(body, EXAMPLE);
        Map<Steps, String> wanted = new TreeMap<>(Comparator.comparing(Steps::field));
        read(fields, Steps.STATUS, wanted);
        read(fields, Steps.PAYMENT, wanted);
        fields.check();
        if (wanted.isEmpty()) {
            throw ProblemException.invalid(Steps.STATUS.field(), "is missing, and so is " + Steps.PAYMENT.field() + "; send one, or both");
        }
        return new BookingChange(wanted);
    }

    private static void read(JsonBody fields, Steps steps, Map<Steps, String> wanted) {
        if (!fields.has(steps.field())) {
            return;
        }
        String sent = fields.text(steps.field(), MOST);
        if (!sent.isEmpty() && !steps.values().contains(sent)) {
            fields.wrong(steps.field(), "must be one of " + steps.values());
        }
        wanted.put(steps, sent);
    }

    /**
     * @param now what the booking is
     * @param who what the caller is to it
     * @throws ProblemException 409 for a step that there is not, 403 for one that is for others
     */
    void require(BookingView now, Set<Party> who) {
        wanted.forEach((steps, value) -> steps.require(steps == Steps.STATUS ? now.status() : now.paymentStatus(), value, who));
    }

    /** @return whether one of the fields becomes this */
    boolean sets(String value) {
        return wanted.containsValue(value);
    }

    /** @return the fields that are set, with their values */
    Document fields() {
        Document fields = new Document();
        wanted.forEach((steps, value) -> fields.append(steps.field(), value));
        return fields;
    }
}
