package io.pado.chat;

import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Fields;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.OptionalLong;
import org.bson.Document;

/**
 * A message as answers show it. What another program did not write, or in a way that cannot be understood, is null.
 *
 * @param id         its name
 * @param roomId     where it was said
 * @param senderId   by whom
 * @param senderName what they were called then
 * @param senderType user, or what another program calls it
 * @param content    what was said
 * @param createdAt  UTC, milliseconds
 */
@JsonbNillable
@JsonbPropertyOrder({"id", "roomId", "senderId", "senderName", "senderType", "content", "createdAt"})
public record MessageView(String id, String roomId, Long senderId, String senderName, String senderType, String content, Instant createdAt) {

    static MessageView of(Document document) {
        Fields fields = new Fields(document);
        OptionalLong sender = fields.user("senderId");
        return new MessageView(DocumentIds.text(fields.id()), DocumentIds.text(fields.value("roomId")),
                sender.isPresent() ? sender.getAsLong() : null, fields.text("senderName").orElse(null), fields.text("senderType").orElse(null),
                fields.text("content").orElse(null), fields.time("createdAt").orElse(null));
    }
}
