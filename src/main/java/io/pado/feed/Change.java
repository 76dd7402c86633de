package io.pado.feed;

import io.pado.platform.mongo.Fields;
import java.time.Instant;

/**
 * One change of a watched document.
 *
 * @param kind   what was done
 * @param id     the document's {@code _id}
 * @param time   when, by MongoDB's clock, whole seconds
 * @param before what is known of the document before it; without fields if nothing is, and for an insert
 * @param after  the document after it; without fields if it was deleted
 */
public record Change(Kind kind, Object id, Instant time, Fields before, Fields after) {

    /** What was done. */
    public enum Kind {
        /** A new document. */
        INSERT,
        /** Some fields were changed, or all. */
        UPDATE,
        /** The document is gone. */
        DELETE
    }
}
