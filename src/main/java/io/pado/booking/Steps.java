package io.pado.booking;

import static io.pado.booking.Party.ADMIN;
import static io.pado.booking.Party.CUSTOMER;
import static io.pado.booking.Party.PARTNER;

import io.pado.platform.problem.ProblemException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The steps that one field of a booking can take, and who may take them.
 *
 * @param field of the document
 * @param all   the steps
 */
record Steps(String field, List<Step> all) {

    /** How a booking goes on. */
    static final Steps STATUS = new Steps("status", List.of(new Step("pending", "confirmed", EnumSet.of(PARTNER)),
            new Step("confirmed", "completed", EnumSet.of(PARTNER)), new Step("pending", "cancelled", EnumSet.of(CUSTOMER, PARTNER)),
            new Step("confirmed", "cancelled", EnumSet.of(CUSTOMER, PARTNER))));
    /** How it is paid, whatever its status. */
    static final Steps PAYMENT = new Steps("paymentStatus",
            List.of(new Step("unpaid", "paid", EnumSet.of(PARTNER, ADMIN)), new Step("paid", "refunded", EnumSet.of(PARTNER, ADMIN))));

    /**
     * @param from what the field is
     * @param to   what it becomes
     * @param who  may do that
     */
    record Step(String from, String to, Set<Party> who) {
    }

    /** @return all values that the field can have */
    Set<String> values() {
        return all.stream().flatMap(step -> Stream.of(step.from, step.to)).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * @param now    what the field is; any text, or null, for other programs write it too
     * @param wanted what it is to become, of {@link #values()}
     * @param who    what the caller is to the booking
     * @throws ProblemException 409 if there is no such step, 403 if it is for others
     */
    void require(String now, String wanted, Set<Party> who) {
        Step step = all.stream().filter(each -> each.from.equals(now) && each.to.equals(wanted)).findFirst().orElseThrow(() -> illegal(now));
        if (Collections.disjoint(step.who, who)) {
            throw ProblemException.forbidden("From " + now + " to " + wanted + " is a step of the " + words(step.who.stream().map(Party::toString))
                    + '.');
        }
    }

    private ProblemException illegal(String now) {
        String next = words(all.stream().filter(step -> step.from.equals(now)).map(Step::to));
        String known = now != null && values().contains(now) ? now : "none that is known here";
        return ProblemException.conflict("illegal-step", "The " + field + " is " + known + (next.isEmpty() ? ", which is final."
                : "; it can become " + next + '.'));
    }

    private static String words(Stream<String> each) {
        return each.sorted().collect(Collectors.joining(" or "));
    }
}
