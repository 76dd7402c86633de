package io.pado.platform.queue;

import io.pado.platform.queue.ledger.QueueConfig;
import io.pado.platform.queue.redis.RedisConnector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

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
    @Connector("pado-redis")
    private RedisConnector connector;
    @Inject
    private QueueConfig config;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("queue").up()
                .withData("connector", config.connector())
                .withData("receiving", word(workers.isOpen(), connector.refusal()))
                .withData("sending", word(sender.isOpen(), sender.refusal()))
                .withData("running", workers.running().size())
                .build();
    }

    private static String word(boolean open, String refusal) {
        if (!open) {
            return "ended";
        }
        return refusal.isEmpty() ? "up" : "refuses: " + refusal;
    }
}
