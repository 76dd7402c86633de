package io.pado.feed.watch;

import java.time.Instant;
import java.util.List;
import org.bson.Document;

/**
 * One event of the stream of changes, as MongoDB tells it.
 *
 * @param operation  {@code insert}, {@code update}, {@code replace}, {@code delete}; all else ends what was known of a collection: {@code drop},
 *                   {@code rename}, {@code dropDatabase}, {@code invalidate}
 * @param collection where; empty if it is the database
 * @param id         the document's {@code _id}; null if it is none
 * @param time       when
 * @param full       the document after an insert or replace; null otherwise
 * @param updated    the fields that an update has set; empty otherwise
 * @param removed    the fields that an update has removed
 * @param token      the event's own token, as a word
 */
record RawChange(String operation, String collection, Object id, Instant time, Document full, Document updated, List<String> removed, String token) {

    /** @return whether it is a change of one document */
    boolean isOfDocument() {
        return switch (operation) {
            case "insert", "update", "replace", "delete" -> true;
            default -> false;
        };
    }
}
