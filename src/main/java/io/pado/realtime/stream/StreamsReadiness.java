package io.pado.realtime.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready any more from the moment on when the server was told to stop. */
@Readiness
@ApplicationScoped
public class StreamsReadiness implements HealthCheck {

    @Inject
    private Departure departure;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("streams").status(!departure.isAnnounced()).build();
    }
}
