package io.pado.chat;

import io.pado.feed.Change;
import io.pado.feed.MalformedDocument;
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
    private static final String SENDER = "senderId";

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
        return List.of("roomId", SENDER, "senderName", "senderType", "content", "createdAt");
    }

    @Override
    public List<Publication> told(Change change) {
        Fields document = change.after();
        Object room = document.value("roomId");
        if (room == null) {
            throw new MalformedDocument("it has no roomId");
        }
        String content = document.text("content").orElseThrow(() -> new MalformedDocument("content is no text"));
        MessageEvent event = new MessageEvent(DocumentIds.text(change.id()), DocumentIds.text(room), sender(document),
                document.text("senderName").orElse(null), document.text("senderType").orElse("user"), content,
                document.time("createdAt").orElse(change.time()));
        return List.of(new Publication(RoomTopics.of(room), MESSAGE, "", Json.text(event), ""));
    }

    private static Object sender(Fields document) {
        OptionalLong user = document.user(SENDER);
        return user.isPresent() ? (Object) user.getAsLong() : document.text(SENDER).orElse(null);
    }
}
