package io.pado.cafe;

import io.pado.platform.problem.ProblemException;

/**
 * Which part of a list is wanted, newest first.
 *
 * @param before only what has a smaller number
 * @param limit  how many at most, 1 to {@value #MOST}
 */
public record CafePage(long before, int limit) {

    /** Value of the parameter {@code before} for the newest part. */
    public static final String NEWEST = "999999999999999999";
    /** Default of the parameter {@code limit}. */
    public static final String DEFAULT_LIMIT = "200";
    private static final int MOST = 1_000;

    /** @throws ProblemException 400 for what is no number, or too many */
    public static CafePage of(String before, String limit) {
        if (!before.matches("\\d{1,18}")) {
            throw ProblemException.badRequest("before", "before must be the number of the last entry of the page before, a whole number.");
        }
        if (!limit.matches("[1-9]\\d{0,3}") || Integer.parseInt(limit) > MOST) {
            throw ProblemException.badRequest("limit", "limit must be 1 to " + MOST + '.');
        }
        return new CafePage(Long.parseLong(before), Integer.parseInt(limit));
    }
}
