package io.pado.realtime.sql;

import io.pado.platform.sql.SqlFailures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says whether this node can publish what waits in the outbox: a right that is missing there fails no request. What is accepted stays there and another node
 * may publish it, so this one stays ready.
 */
@Readiness
@ApplicationScoped
public class OutboxReadiness implements HealthCheck {

    @Inject
    private OutboxDrainer drainer;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("outbox").up().withData("publishing", drainer.failure().map(OutboxReadiness::word).orElse("up")).build();
    }

    /** Of Redis and PostgreSQL their own check says more. */
    private static String word(Exception failure) {
        return SqlFailures.refusal(failure).map("refuses: "::concat).orElse("waits");
    }
}
