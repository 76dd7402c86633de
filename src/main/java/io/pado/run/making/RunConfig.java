package io.pado.run.making;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of runs; their meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
class RunConfig {

    @Inject
    @ConfigProperty(name = "pado.run.most")
    int most;

    @Inject
    @ConfigProperty(name = "pado.run.most.address")
    int mostOfAddress;

    @Inject
    @ConfigProperty(name = "pado.run.most.hour")
    int mostInAnHour;

    /** @return how many runs this node makes at a time */
    int most() {
        return most > 0 ? most : Integer.MAX_VALUE;
    }

    /** @return how many runs of callers without a token may be under way for one address; 0: any number */
    int mostOfAddress() {
        return Math.max(0, mostOfAddress);
    }

    /** @return how many runs one user, or without a token one address, may open within an hour; 0: any number */
    int mostInAnHour() {
        return Math.max(0, mostInAnHour);
    }
}
