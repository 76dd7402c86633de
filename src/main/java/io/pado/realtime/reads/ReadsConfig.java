package io.pado.realtime.reads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The setting of kept reads; its meaning and default stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
class ReadsConfig {

    @Inject
    @ConfigProperty(name = "pado.reads.kept")
    int kept;

    /** @return how long what was read may be kept; zero: not at all. @throws IllegalStateException if the setting is negative */
    Duration kept() {
        if (kept < 0) {
            throw new IllegalStateException("pado.reads.kept must be 0 or a number of seconds, not " + kept);
        }
        return Duration.ofSeconds(kept);
    }
}
