package io.pado.feed.watch;

import io.pado.realtime.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/**
 * A place in the stream of changes, from which the watch goes on.
 *
 * @param token  resume token of what was told last; null if it begins at a time
 * @param time   where it begins without a token; null with one
 * @param seeded whether the last known states of all documents have been read
 * @param behind topics of which events from before this place may still wait in the outbox
 */
record Position(BsonDocument token, BsonTimestamp time, boolean seeded, Set<Topic> behind) {

    private static final String TOKEN = "token";
    private static final String TIME = "time";
    private static final String SEEDED = "seeded";
    private static final String BEHIND = "behind";

    static Position at(BsonTimestamp time) {
        return new Position(null, time, false, Set.of());
    }

    static Position after(BsonDocument token) {
        return new Position(token, null, true, Set.of());
    }

    Position seeded(boolean now) {
        return new Position(token, time, now, behind);
    }

    Position behind(Collection<Topic> topics) {
        return new Position(token, time, seeded, Set.copyOf(topics));
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
            Set<Topic> behind = document.getArray(BEHIND, new BsonArray()).stream().map(each -> new Topic(each.asString().getValue()))
                    .collect(Collectors.toUnmodifiableSet());
            return token == null ? new Position(null, document.getTimestamp(TIME), seeded, behind) : new Position(token.asDocument(), null, seeded, behind);
        } catch (RuntimeException damaged) {
            throw new StreamOver(TOKEN, "The stored place in the stream of changes cannot be read", damaged);
        }
    }

    String text() {
        BsonDocument document = new BsonDocument(SEEDED, BsonBoolean.valueOf(seeded));
        if (!behind.isEmpty()) {
            List<BsonString> names = behind.stream().map(topic -> new BsonString(topic.name())).toList();
            document.append(BEHIND, new BsonArray(names));
        }
        return (token == null ? document.append(TIME, time) : document.append(TOKEN, token)).toJson();
    }
}
