package io.pado.lounge;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * A message as answers and events show it.
 *
 * @param id         grows from message to message
 * @param roomId     always {@code lounge}
 * @param senderId   a user
 * @param senderName what they were called then
 * @param content    what was said
 * @param createdAt  UTC, milliseconds
 */
@JsonbPropertyOrder({"id", "roomId", "senderId", "senderName", "content", "createdAt"})
public record LoungeMessageView(long id, String roomId, long senderId, String senderName, String content, Instant createdAt) {

    static final String ROOM = "lounge";
}
