package io.pado.platform.model;

import java.util.Objects;

/**
 * One message of a conversation with the model.
 *
 * @param role whose it is
 * @param text what it says
 */
public record ModelMessage(Role role, String text) {

    /** Whose message it is: the program's instructions, the asking person's, or the model's own earlier answer. */
    public enum Role { SYSTEM, USER, ASSISTANT }

    public ModelMessage {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(text, "text");
    }

    /** @return instructions to the model */
    public static ModelMessage system(String text) {
        return new ModelMessage(Role.SYSTEM, text);
    }

    /** @return what a person says */
    public static ModelMessage user(String text) {
        return new ModelMessage(Role.USER, text);
    }

    /** @return what the model said before */
    public static ModelMessage assistant(String text) {
        return new ModelMessage(Role.ASSISTANT, text);
    }
}
