package io.pado.chat.answer;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * Event: a user and a character have become closer.
 *
 * @param type        always {@code exp_updated}
 * @param personaId   the character
 * @param personaName its name
 * @param newExp      after it
 * @param newLevel    after it
 * @param expIncrease by how much
 * @param userId      the user, as a text
 */
@JsonbPropertyOrder({"type", "personaId", "personaName", "newExp", "newLevel", "expIncrease", "userId"})
public record ExpUpdated(String type, long personaId, String personaName, long newExp, long newLevel, long expIncrease, String userId) {

    static final String TYPE = "exp_updated";
}
