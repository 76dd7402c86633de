package io.pado.platform.mongo;

import io.pado.platform.problem.ProblemException;
import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param after where the page before ended; empty for the first page
 * @param limit how many at most, 1 to {@value #MOST}
 */
public record PageRequest(Optional<PageCursor> after, int limit) {

    /** Default of the parameter {@code limit}. */
    public static final String DEFAULT_LIMIT = "50";
    private static final int MOST = 200;

    /**
     * @param cursor {@code next} of the page before; empty for the first page
     * @param limit  how many at most
     * @throws ProblemException 400 for what is no cursor, no number, or too many
     */
    public static PageRequest of(String cursor, String limit) {
        if (!limit.matches("[1-9]\\d{0,2}") || Integer.parseInt(limit) > MOST) {
            throw ProblemException.badRequest("limit", "limit must be 1 to " + MOST + '.');
        }
        Optional<PageCursor> after = cursor.isEmpty() ? Optional.empty() : PageCursor.parse(cursor);
        if (after.isEmpty() && !cursor.isEmpty()) {
            throw ProblemException.badRequest("cursor", "cursor must be the next of the page before, unchanged; leave it out for the first page.");
        }
        return new PageRequest(after, Integer.parseInt(limit));
    }
}
