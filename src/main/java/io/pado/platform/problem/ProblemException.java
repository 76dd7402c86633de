package io.pado.platform.problem;

import java.util.List;
import java.util.OptionalLong;

/** Ends a request with a {@link Problem}. Thrown by use cases, answered in one place ({@link ProblemMapper}). */
public class ProblemException extends RuntimeException {

    private static final String TYPE_PREFIX = "urn:pado:problem:";

    private static final long RETRY_AFTER_SECONDS = 2;

    private final transient Problem problem;
    private final long retryAfter;

    private ProblemException(Problem problem) {
        this(problem, RETRY_AFTER_SECONDS);
    }

    private ProblemException(Problem problem, long retryAfter) {
        super(problem.title() + ": " + problem.detail());
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** What cannot be understood: a wrong parameter, a body that is not what was asked for. */
    public static ProblemException badRequest(String code, String detail) {
        return of(400, code, "Bad request", detail, false);
    }

    /** Nobody knows who is calling. */
    public static ProblemException unauthorized(String detail) {
        return of(401, "unauthorized", "Unauthorized", detail, false);
    }

    /**
     * Too many of these at a time.
     *
     * @param seconds after which it may be tried again
     */
    public static ProblemException tooMany(String detail, long seconds) {
        return new ProblemException(new Problem(TYPE_PREFIX + "too-many", "Too many requests", 429, detail, "", true, List.of()),
                seconds);
    }

    /** The caller may not do this. */
    public static ProblemException forbidden(String detail) {
        return of(403, "forbidden", "Forbidden", detail, false);
    }

    /** There is no such thing. */
    public static ProblemException notFound(String code, String detail) {
        return of(404, code, "Not found", detail, false);
    }

    /** The thing is in a state that does not allow it. */
    public static ProblemException conflict(String code, String detail) {
        return of(409, code, "Conflict", detail, false);
    }

    /** The body is of a kind that cannot be read here. */
    public static ProblemException unsupported(String detail) {
        return of(415, "media-type", "Unsupported media type", detail, false);
    }

    /** The body is larger than allowed. */
    public static ProblemException tooLarge(long limit) {
        return of(413, "too-large", "Body too large", "Send at most " + limit + " bytes.", false);
    }

    /** Another protocol must be spoken here. */
    public static ProblemException upgradeRequired(String detail) {
        return of(426, "upgrade-required", "Upgrade required", detail, false);
    }

    /** The body can be read, but a field of it is wrong. */
    public static ProblemException invalid(String field, String detail) {
        return invalid(List.of(new Problem.FieldError(field, detail)));
    }

    /** Fields of the body have a wrong JSON type. */
    public static ProblemException wrongType(List<Problem.FieldError> errors) {
        return new ProblemException(new Problem(TYPE_PREFIX + "bad-json", "Bad request", 400,
                "Correct the fields listed in errors.", "", false, errors));
    }

    /** The body can be read, but fields of it are wrong. */
    public static ProblemException invalid(List<Problem.FieldError> errors) {
        return new ProblemException(new Problem(TYPE_PREFIX + "invalid", "Invalid request", 422,
                "Correct the fields listed in errors.", "", false, errors));
    }

    /** A store does not answer right now. */
    public static ProblemException unavailable(String detail) {
        return of(503, "unavailable", "Temporarily unavailable", detail, true);
    }

    /** A store may have done it, or not. */
    public static ProblemException outcomeUnknown() {
        return of(503, "outcome-unknown", "Outcome unknown", "It is not known whether this was done: the connection to the database was lost meanwhile."
                + " If it had an Idempotency-Key, send it again with the same one, and it is done once. Else look first whether it was done.", true);
    }

    /** What was under way cannot go on; asked again it may. */
    public static ProblemException failed(String code, String detail) {
        return of(503, code, "Failed", detail, true);
    }

    public static ProblemException of(int status, String code, String title, String detail, boolean retryable) {
        return new ProblemException(new Problem(TYPE_PREFIX + code, title, status, detail, "", retryable, List.of()));
    }

    /** @return after how many seconds the same request may succeed; empty if it never will */
    public OptionalLong retryAfter() {
        return problem.retryable() ? OptionalLong.of(retryAfter) : OptionalLong.empty();
    }

    /** @return what to answer */
    public Problem problem() {
        return problem;
    }
}
