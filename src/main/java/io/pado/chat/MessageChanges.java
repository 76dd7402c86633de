package io.pado.chat;

import io.pado.feed.Change;
import io.pado.feed.MalformedDocument;
import io.pado.feed.Types;
import io.pado.feed.Watched;
import io.pado.platform.json.Json;
import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Fields;
import io.pado.realtime.Publication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** A new message is told to those who take part in its room. */
@ApplicationScoped
public class MessageChanges implements Watched {

    private static final String MESSAGE = "message";
    private static final String ROOM = "roomId";
    private static final String SENDER = "senderId";
    private static final String SENDER_NAME = "senderName";
    private static final String SENDER_TYPE = "senderType";
    private static final String CONTENT = "content";
    private static final String CREATED_AT = "createdAt";

    /**
     * {@code data} of the event.
     *
     * @param id         the document's id
     * @param roomId     id of the room
     * @param senderId   a number if it is a user, a text if it is something else; null if nobody is named
     * @param senderName null if it has none
     * @param senderType {@code user} unless the document says otherwise
     * @param content    the text
     * @param createdAt  UTC
     */
    @JsonbNillable
    @JsonbPropertyOrder({"id", "roomId", "senderId", "senderName", "senderType", "content", "createdAt"})
    public record MessageEvent(String id, String roomId, Object senderId, String senderName, String senderType, String content, Instant createdAt) {
    }

    @Override
    public String collection() {
        return "chatmessages";
    }

    @Override
    public List<String> fields() {
        return List.of(ROOM, SENDER, SENDER_NAME, SENDER_TYPE, CONTENT, CREATED_AT);
    }

    @Override
    public List<Publication> told(Change change) {
        Fields document = change.after();
        Object room = document.value(ROOM);
        if (room == null) {
            throw new MalformedDocument("it has no roomId");
        }
        Types.requireTexts(document, CONTENT, SENDER_NAME, SENDER_TYPE);
        Types.requireIds(document, SENDER);
        Types.requireTimes(document, CREATED_AT);
        String content = document.text(CONTENT).orElseThrow(() -> new MalformedDocument("it has no content"));
        MessageEvent event = new MessageEvent(DocumentIds.text(change.id()), DocumentIds.text(room), sender(document),
                document.text(SENDER_NAME).orElse(null), document.text(SENDER_TYPE).orElse("user"), content,
                document.time(CREATED_AT).orElse(change.time()));
        return List.of(new Publication(RoomTopics.of(room), MESSAGE, "", Json.text(event), ""));
    }

    private static Object sender(Fields document) {
        OptionalLong user = document.user(SENDER);
        return user.isPresent() ? (Object) user.getAsLong() : document.text(SENDER).orElse(null);
    }
}
