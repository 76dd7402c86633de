package io.pado.realtime.sql;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.StartOrder;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.sql.SQLException;

/**
 * Keeps the outbox empty: nudged after each commit that wrote to it, and looking by itself for rows whose node died before it
 * could publish them.
 */
@ApplicationScoped
public class OutboxDrainer {

    private static final long LOOK_MILLIS = 1_000;

    @Inject
    private DrainPass pass;

    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("outbox", this::drain);

    void start(@Observes @Priority(StartOrder.PUBLISH) Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) EventStored stored) {
        loop.nudge();
    }

    private long drain() throws SQLException {
        long next = pass.isDue() ? pass.run() : LOOK_MILLIS;
        return next < 0 ? LOOK_MILLIS : next;
    }
}
