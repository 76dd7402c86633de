package io.pado.platform.model;

import java.util.OptionalLong;

/**
 * Why there is no whole answer.
 *
 * @param code              one word for programs, one of those below
 * @param detail            one sentence for people; never holds the key, the address, or what the model was asked
 * @param retryable         the same question may succeed later, and no text was given away yet
 * @param retryAfterSeconds how long the model wants to be left alone; empty if it did not say
 */
public record ModelFailure(String code, String detail, boolean retryable, OptionalLong retryAfterSeconds) {

    /** A limit of time is over: to connect, to the first byte, of silence, of the whole answer. */
    public static final String TIMEOUT = "upstream_timeout";
    /** The model is not there, or has trouble of its own. */
    public static final String UNAVAILABLE = "upstream_unavailable";
    /** The model answers too many questions already, or those of this key. */
    public static final String RATE_LIMITED = "upstream_rate_limited";
    /** The model does not accept the key. */
    public static final String AUTH = "upstream_auth";
    /** There is no model of that name, or nothing at that address. */
    public static final String MODEL_NOT_FOUND = "upstream_model_not_found";
    /** The model does not take this question, because of its length for example. */
    public static final String REJECTED = "upstream_rejected";
    /** The answer broke off. */
    public static final String TRUNCATED = "upstream_truncated";
    /** An answer without a text and without an end. */
    public static final String EMPTY = "upstream_empty";
    /** What came is not an answer of a language model. */
    public static final String PROTOCOL = "upstream_protocol";
    /** The model itself said, in its answer, that it failed. */
    public static final String ERROR = "upstream_error";
    /** The answer became longer than the limit that is set here. */
    public static final String TOO_LONG = "upstream_too_long";
    /** A fault of this program; the log tells. */
    public static final String INTERNAL = "internal";

    /** @return a fault of this program */
    public static ModelFailure internal() {
        return new ModelFailure(INTERNAL, "The answer failed by a fault of this server, which is in its log.", false, OptionalLong.empty());
    }
}
