package io.pado.platform.sql;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.StartOrder;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;

/** Keeps tables from growing for ever: fires {@link Purge} after the start and each hour. Every node does it; one would do. */
@ApplicationScoped
public class Housekeeping {

    private static final Duration EVERY = Duration.ofHours(1);

    @Inject
    private Event<Purge> purges;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("housekeeping", this::purge);

    void start(@Observes @Priority(StartOrder.WATCH) Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    private long purge() {
        Purge due;
        do {
            due = new Purge();
            purges.fire(due);
        } while (due.hasMore());
        return EVERY.toMillis();
    }
}
