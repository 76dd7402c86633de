package io.pado.chat.answer;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * Event: a character of a group has answered.
 *
 * @param type      always {@code ai_response}
 * @param content   the whole answer
 * @param aiName    name of the character
 * @param aiId      id of the character, as messages have it
 * @param personaId the same as a number
 * @param timestamp UTC
 */
@JsonbPropertyOrder({"type", "content", "aiName", "aiId", "personaId", "timestamp"})
public record GroupAnswer(String type, String content, String aiName, String aiId, long personaId, String timestamp) {

    static final String TYPE = "ai_response";
}
