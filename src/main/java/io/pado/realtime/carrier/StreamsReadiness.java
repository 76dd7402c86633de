package io.pado.realtime.carrier;

import io.pado.realtime.stream.Departure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once it is known what carries open streams, and not any more from the moment on when the server was told to stop. */
@Readiness
@ApplicationScoped
public class StreamsReadiness implements HealthCheck {

    @Inject
    private Departure departure;
    @Inject
    private Carriers carriers;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("streams").withData("carrier", carriers.inUse())
                .status(carriers.isDecided() && !departure.isAnnounced()).build();
    }
}
