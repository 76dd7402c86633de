package io.pado.chat.answer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of rooms with characters; their meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
public class ChatConfig {

    @Inject
    @ConfigProperty(name = "pado.chat.history.tokens")
    int historyTokens;

    @Inject
    @ConfigProperty(name = "pado.chat.answer.tokens")
    int answerTokens;

    @Inject
    @ConfigProperty(name = "pado.chat.timeout.seconds")
    int timeoutSeconds;

    /** @return how much of what was said before goes to the language model, tokens, about */
    int historyTokens() {
        return historyTokens;
    }

    /** @return how long an answer may become, tokens */
    int answerTokens() {
        return answerTokens;
    }

    /** @return how long the answers of a group are waited for */
    Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }
}
