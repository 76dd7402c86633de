package io.pado.platform.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A channel that has ended can only be had back by a start of the server: until then this node is not ready. */
@Readiness
@ApplicationScoped
public class QueueReadiness implements HealthCheck {

    @Inject
    private JobWorkers workers;
    @Inject
    private JobSender sender;
    @Inject
    private QueueConfig config;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("queue").status(workers.isOpen() && sender.isOpen())
                .withData("connector", config.connector())
                .withData("receiving", word(workers.isOpen()))
                .withData("sending", word(sender.isOpen()))
                .withData("running", workers.running().size())
                .build();
    }

    private static String word(boolean open) {
        return open ? "up" : "ended";
    }
}
