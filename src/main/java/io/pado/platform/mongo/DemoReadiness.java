package io.pado.platform.mongo;

import io.pado.platform.PlatformConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whoever waits for a demo finds its rooms, bookings and notifications: a node is ready once they have been made. One whose MongoDB is away, or refuses,
 * serves the rest without them; so it does not wait for long, and later neither.
 */
@Readiness
@ApplicationScoped
public class DemoReadiness implements HealthCheck {

    @Inject
    private PlatformConfig config;
    @Inject
    private Preparations preparations;

    @Override
    public HealthCheckResponse call() {
        boolean awaited = config.demo() && !preparations.areDone() && !preparations.areOverdue();
        return HealthCheckResponse.named("demo").status(!awaited).withData("documents", awaited ? "awaited" : word()).build();
    }

    private String word() {
        if (!config.demo()) {
            return "none";
        }
        return preparations.areDone() ? "made" : "missing";
    }
}
