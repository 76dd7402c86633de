package io.pado.chat.persona;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * How close a character and a user are.
 *
 * @param personaId the character
 * @param userId    the user
 * @param exp       grows with each answer
 * @param level     grows with each hundred of these, from 1
 */
@JsonbPropertyOrder({"personaId", "userId", "exp", "level"})
public record IntimacyView(long personaId, long userId, long exp, long level) {

    private static final long EXP_OF_A_LEVEL = 100;

    static IntimacyView of(long personaId, long userId, long exp) {
        return new IntimacyView(personaId, userId, exp, exp / EXP_OF_A_LEVEL + 1);
    }
}
