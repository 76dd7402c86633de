package io.pado.platform.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the model is asked.
 *
 * @param messages  the conversation, oldest first; those without any text do not count; at least one that has some
 * @param maxTokens how long the answer may become, tokens, at least 1; empty: as long as the model likes
 */
public record ModelQuestion(List<ModelMessage> messages, OptionalInt maxTokens) {

    public ModelQuestion {
        messages = messages.stream().filter(message -> !message.text().isBlank()).toList();
        if (messages.isEmpty() || maxTokens.isPresent() && maxTokens.getAsInt() < 1) {
            throw new IllegalArgumentException("A question needs a message, and an answer at least one token");
        }
    }

    /** @return a question whose answer may have any length */
    public static ModelQuestion of(ModelMessage... messages) {
        return new ModelQuestion(List.of(messages), OptionalInt.empty());
    }

    /** @return the same with an answer of so many tokens at most */
    public ModelQuestion atMost(int tokens) {
        return new ModelQuestion(messages, OptionalInt.of(tokens));
    }
}
