package io.pado.presence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of presence; their meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
class PresenceConfig {

    @Inject
    @ConfigProperty(name = "pado.presence.grace")
    int grace;

    @Inject
    @ConfigProperty(name = "pado.presence.moving")
    int moving;

    @Inject
    @ConfigProperty(name = "pado.presence.heartbeat")
    int heartbeat;

    /** @return how long somebody who closed their last stream is still online */
    Duration grace() {
        return Duration.ofSeconds(grace);
    }

    /** @return the same for those whom a node that stops has sent away */
    Duration moving() {
        return Duration.ofSeconds(moving);
    }

    /** @return how often a stream of presence gets a heartbeat */
    Duration heartbeat() {
        return Duration.ofSeconds(heartbeat);
    }
}
