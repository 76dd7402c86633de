package io.pado.platform.problem;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * What went wrong, for programs and people (RFC 9457). The same object travels as an HTTP answer and inside frames.
 *
 * @param type      URN of the kind of problem: {@code urn:pado:problem:poll-closed}
 * @param title     the kind in words
 * @param status    HTTP status
 * @param detail    what happened here and what to do
 * @param instance  the path that was asked for; empty in a frame
 * @param retryable whether the same request may succeed later
 * @param errors    for validation: each wrong field
 */
@JsonbPropertyOrder({"type", "title", "status", "detail", "instance", "retryable", "errors"})
public record Problem(String type, String title, int status, String detail, String instance, boolean retryable,
        List<FieldError> errors) {

    /** Media type of a problem as an HTTP answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * One wrong field.
     *
     * @param field  its name as sent
     * @param detail what to send instead
     */
    public record FieldError(String field, String detail) {
    }

    Problem at(String path) {
        return new Problem(type, title, status, detail, path, retryable, errors);
    }
}
