package io.pado.feed;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/**
 * A place in the stream of changes, from which the watch goes on.
 *
 * @param token  resume token of what was told last; null if it begins at a time
 * @param time   where it begins without a token; null with one
 * @param seeded whether the last known states of all documents have been read
 */
record Position(BsonDocument token, BsonTimestamp time, boolean seeded) {

    private static final String TOKEN = "token";
    private static final String TIME = "time";
    private static final String SEEDED = "seeded";

    static Position at(BsonTimestamp time) {
        return new Position(null, time, false);
    }

    static Position after(BsonDocument token) {
        return new Position(token, null, true);
    }

    Position seeded(boolean now) {
        return new Position(token, time, now);
    }

    /** @return whether it is a time, at most so long before another one */
    boolean isYoungerThan(int seconds, Position other) {
        return time != null && other.time.getTime() - time.getTime() < seconds;
    }

    /** @throws StreamOver if the text is none that {@link #text} gave */
    static Position parse(String text) {
        try {
            BsonDocument document = BsonDocument.parse(text);
            BsonValue token = document.get(TOKEN);
            boolean seeded = document.getBoolean(SEEDED).getValue();
            return token == null ? new Position(null, document.getTimestamp(TIME), seeded) : new Position(token.asDocument(), null, seeded);
        } catch (RuntimeException damaged) {
            throw new StreamOver(TOKEN, "The stored place in the stream of changes cannot be read", damaged);
        }
    }

    String text() {
        BsonDocument document = new BsonDocument(SEEDED, BsonBoolean.valueOf(seeded));
        return (token == null ? document.append(TIME, time) : document.append(TOKEN, token)).toJson();
    }
}
