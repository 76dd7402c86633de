package io.pado.identity.account;

import io.pado.identity.IdentityConfig;
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

/** Keeps the tables of logins from growing for ever. Each node does it; once would do. */
@ApplicationScoped
public class OldLogins {

    private static final int AFTER_MIGRATIONS = 250;
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(1);

    @Inject
    private Sessions sessions;
    @Inject
    private IdentityConfig config;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("old-logins", this::purge);

    void start(@Observes @Priority(AFTER_MIGRATIONS) Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    private long purge() {
        sessions.purge(config.accessLife().plus(KEPT));
        return EVERY.toMillis();
    }
}
