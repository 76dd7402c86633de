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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the outbox empty: nudged after each commit that wrote to it, and looking by itself for rows whose node died before it
 * could publish them.
 */
@ApplicationScoped
public class OutboxDrainer {

    private static final long LOOK_MILLIS = 1_000;

    @Inject
    private DrainPass pass;

    @Inject
    private Backlog backlog;

    @Resource
    private ManagedThreadFactory threads;

    /** Until then a row that is paced has to wait anyway, and the next pass comes by itself; {@link System#nanoTime()}. */
    private volatile long pacedUntil = System.nanoTime();

    /** Why the last look or pass failed; null if it did not. */
    private volatile Exception failure;

    private final BackgroundLoop loop = new BackgroundLoop("outbox", this::drain);

    void start(@Observes @Priority(StartOrder.PUBLISH) Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) EventStored stored) {
        if (!stored.paced() || System.nanoTime() - pacedUntil >= 0) {
            loop.nudge();
        }
    }

    /** @return why what waits cannot be published now, if that is so */
    Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    private long drain() throws SQLException {
        try {
            long next = pass();
            failure = null;
            return next;
        } catch (SQLException | RuntimeException cannot) {
            failure = cannot;
            throw cannot;
        }
    }

    private long pass() throws SQLException {
        // Before the pass looks: whoever commits after it has looked must find that nothing is certain to come.
        pacedUntil = System.nanoTime();
        long next = isDue() ? pass.run() : LOOK_MILLIS;
        if (next > 0 && next < LOOK_MILLIS) {
            pacedUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(next);
        }
        if (next >= 0) {
            return next;
        }
        if (backlog.isOpen()) {
            // While much is stored each look that begins a pass finds something.
            isDue();
        }
        return LOOK_MILLIS;
    }

    private boolean isDue() throws SQLException {
        long turn = backlog.turn();
        boolean due = pass.isDue();
        if (!due) {
            backlog.wasEmpty(turn);
        }
        return due;
    }
}
