package io.pado.ai;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of AI answers; their meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
public class AiConfig {

    @Inject
    @ConfigProperty(name = "pado.ai.public")
    boolean open;

    @Inject
    @ConfigProperty(name = "pado.ai.answer.tokens")
    int answerTokens;

    /** @return whether a question of nobody in particular is answered, to everybody */
    boolean isPublic() {
        return open;
    }

    /** @return how long an answer may become, tokens */
    int answerTokens() {
        return answerTokens;
    }
}
