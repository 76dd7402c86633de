package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.regex.Pattern;

/**
 * A place in the log of changes, as clients carry it around.
 *
 * @param epoch  of the log that it is of
 * @param number of the last change that was seen
 */
record ResumeToken(int epoch, long number, Kind kind) {

    private static final Pattern DIGITS = Pattern.compile("[0-9A-Fa-f]*");
    private static final Pattern FORM = Pattern.compile("[0-9A-F]{26}");
    private static final int HEX = 16;
    private static final int EPOCH_END = 8;
    private static final int NUMBER_END = 24;

    /** What was seen last: nothing of interest, an event, or the one that ended the stream. */
    enum Kind {
        PLACE, EVENT, INVALIDATE
    }

    /** @throws CommandFailure if a client damaged it */
    static ResumeToken of(Object given) {
        if (!(given instanceof Document document) || !(document.get("_data") instanceof String text)) {
            throw CommandFailure.badToken("Bad resume token: " + given);
        }
        if (!DIGITS.matcher(text).matches()) {
            throw CommandFailure.invalid(9, "FailedToParse", "resume token string was not a valid hex string");
        }
        if (!FORM.matcher(text).matches()) {
            throw CommandFailure.badToken("Bad resume token: " + given);
        }
        int kind = Integer.parseInt(text.substring(NUMBER_END), HEX);
        if (kind >= Kind.values().length) {
            throw CommandFailure.badToken("Bad resume token: " + given);
        }
        return new ResumeToken(Integer.parseUnsignedInt(text.substring(0, EPOCH_END), HEX),
                Long.parseUnsignedLong(text.substring(EPOCH_END, NUMBER_END), HEX), Kind.values()[kind]);
    }

    Document document() {
        return new Document("_data", "%08X%016X%02X".formatted(epoch, number, kind.ordinal()));
    }
}
