package io.pado.cafe;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneId;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of the café that only a restart changes; their meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
public class CafeConfig {

    @Inject
    @ConfigProperty(name = "pado.cafe.open")
    boolean open;

    @Inject
    @ConfigProperty(name = "pado.cafe.zone")
    ZoneId zone;

    /** @return whether a caller without a token hears everything and may order */
    public boolean open() {
        return open;
    }

    /** @return the zone whose midnight begins a business day */
    public ZoneId zone() {
        return zone;
    }
}
