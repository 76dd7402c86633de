package io.pado.platform.queue;

import io.pado.platform.queue.ledger.QueueConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells how the channels are, and takes no node out of service: one whose channel has ended, which only a start gives back, or refuses messages, does jobs
 * without them.
 */
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
        return HealthCheckResponse.named("queue").up()
                .withData("connector", config.connector())
                .withData("receiving", word(workers.isOpen()))
                .withData("sending", sender.isOpen() && !sender.refusal().isEmpty() ? "refuses: " + sender.refusal() : word(sender.isOpen()))
                .withData("running", workers.running().size())
                .build();
    }

    private static String word(boolean open) {
        return open ? "up" : "ended";
    }
}
