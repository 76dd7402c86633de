package io.pado.platform.model.choice;

import io.pado.platform.model.ModelAddress;
import io.pado.platform.model.ModelLimits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of the language model; their meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
public class ModelConfig {

    @Inject
    @ConfigProperty(name = "pado.ai.url")
    Optional<String> url;

    @Inject
    @ConfigProperty(name = "pado.ai.key")
    Optional<String> key;

    @Inject
    @ConfigProperty(name = "pado.ai.model")
    Optional<String> model;

    @Inject
    @ConfigProperty(name = "pado.ai.connect.seconds")
    int connectSeconds;

    @Inject
    @ConfigProperty(name = "pado.ai.first.seconds")
    int firstSeconds;

    @Inject
    @ConfigProperty(name = "pado.ai.silence.seconds")
    int silenceSeconds;

    @Inject
    @ConfigProperty(name = "pado.ai.total.seconds")
    int totalSeconds;

    @Inject
    @ConfigProperty(name = "pado.ai.retries")
    int retries;

    @Inject
    @ConfigProperty(name = "pado.ai.retry.millis")
    int retryMillis;

    @Inject
    @ConfigProperty(name = "pado.ai.retry.seconds")
    int retrySeconds;

    @Inject
    @ConfigProperty(name = "pado.ai.most.characters")
    int mostCharacters;

    @Inject
    @ConfigProperty(name = "pado.ai.scripted.millis")
    int scriptedMillis;

    /**
     * @return where the model is; empty if none is configured
     * @throws IllegalArgumentException if a setting has a wrong form
     */
    Optional<ModelAddress> address() {
        return url.map(String::strip).filter(text -> !text.isEmpty()).map(text ->
                new ModelAddress(uri(text), key.map(String::strip).filter(secret -> !secret.isEmpty()), model.orElse("").strip()));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("pado.ai.url is no address", null);
        }
    }

    /** @return how long to wait for a connection */
    Duration connect() {
        return Duration.ofSeconds(connectSeconds);
    }

    /** @throws IllegalArgumentException if a limit is below what makes sense */
    ModelLimits limits() {
        if (Math.min(Math.min(connectSeconds, firstSeconds), Math.min(silenceSeconds, totalSeconds)) < 1 || mostCharacters < 1
                || Math.min(Math.min(retries, retryMillis), Math.min(retrySeconds, scriptedMillis)) < 0) {
            throw new IllegalArgumentException("Seconds and characters of pado.ai must be at least 1, retries, their pauses and scripted.millis at least 0");
        }
        return new ModelLimits(Duration.ofSeconds(firstSeconds), Duration.ofSeconds(silenceSeconds), Duration.ofSeconds(totalSeconds), retries,
                Duration.ofMillis(retryMillis), Duration.ofSeconds(retrySeconds), mostCharacters);
    }

    /** @return time between two words of the scripted model; zero: all at once */
    Duration scriptedPace() {
        return Duration.ofMillis(scriptedMillis);
    }
}
