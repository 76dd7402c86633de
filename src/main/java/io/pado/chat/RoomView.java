package io.pado.chat;

import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Fields;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.bson.Document;

/**
 * A room as answers show it. What another program did not write, or in a way that cannot be understood, is null.
 *
 * @param id           its name for programs
 * @param name         for people
 * @param kind         direct, group, or one_on_one with a character
 * @param participants users
 * @param personaIds   characters
 * @param createdBy    a user
 * @param createdAt    UTC, milliseconds
 */
@JsonbNillable
@JsonbPropertyOrder({"id", "name", "kind", "participants", "personaIds", "createdBy", "createdAt"})
public record RoomView(String id, String name, String kind, List<Long> participants, List<Long> personaIds, Long createdBy, Instant createdAt) {

    static RoomView of(Document document) {
        Fields fields = new Fields(document);
        OptionalLong creator = fields.user("createdBy");
        return new RoomView(DocumentIds.text(fields.id()), fields.text("name").orElse(null), fields.text("kind").orElse(null),
                fields.users("participants"), fields.users(RoomCollection.PERSONAS), creator.isPresent() ? creator.getAsLong() : null, fields.time("createdAt").orElse(null));
    }

    /** @return whether one user is there, with a character */
    boolean isOfOne() {
        return Rooms.ONE_ON_ONE.equals(kind) && participants.size() == 1;
    }

    boolean isOfTwo() {
        return Rooms.DIRECT.equals(kind) || Rooms.ONE_ON_ONE.equals(kind);
    }
}
