package io.pado.platform.sql;

import io.pado.platform.BackgroundLoop;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;

/** Keeps the table of {@link IdempotentCalls} from growing for ever. Each node does it; once would do. */
@ApplicationScoped
public class OldCalls {

    private static final int AFTER_MIGRATIONS = 250;
    private static final Duration EVERY = Duration.ofHours(1);

    @Inject
    private IdempotentCalls calls;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("old-calls", this::purge);

    void start(@Observes @Priority(AFTER_MIGRATIONS) Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    private long purge() {
        calls.purge();
        return EVERY.toMillis();
    }
}
