package io.pado.chat.send;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * First event of a send: the message is stored.
 *
 * @param type      always {@code user_message}
 * @param content   what was said
 * @param sender    name of the user
 * @param senderId  id of the user, as a text
 * @param timestamp UTC
 * @param messageId id of the message
 * @param runId     of the answer
 */
@JsonbPropertyOrder({"type", "content", "sender", "senderId", "timestamp", "messageId", "runId"})
public record UserMessage(String type, String content, String sender, String senderId, String timestamp, String messageId, String runId) {

    static final String TYPE = "user_message";
}
