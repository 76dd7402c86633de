package io.pado.identity;

import io.pado.identity.account.Sessions;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The logins that ended while a token of theirs may still be valid. Each node asks the database for the latest a few times a second
 * and keeps them in memory, so that the check of a request costs no round trip, and streams end on all nodes within a second. What a
 * node could not ask for while the database was away it asks for afterwards.
 */
@ApplicationScoped
public class EndedSessions {

    private static final long LOOK_MILLIS = 200;
    /** Transactions become visible later than the time they carry says. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    @Inject
    private Sessions sessions;
    @Inject
    private IdentityConfig config;
    @Inject
    private Clock clock;
    @Inject
    private Event<SessionsEnded> event;
    @Resource
    private ManagedThreadFactory threads;

    private final Map<String, Instant> ended = new ConcurrentHashMap<>();
    private final BackgroundLoop loop = new BackgroundLoop("sessions", this::look);
    private Instant looked; // guarded by this, after the start

    void start(@Observes @Priority(StartOrder.WATCH) Startup startup) {
        looked = clock.instant().minus(config.accessLife());
        look();
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /** @return whether the login has ended, as far as this node knows */
    public boolean contains(String session) {
        return ended.containsKey(session);
    }

    /** Has this node know soon what it ends itself. */
    public void nudge() {
        loop.nudge();
    }

    /** This node knows now what it ended itself; if the database cannot be asked, as soon as it can. Not to be called within a transaction. */
    public void learn() {
        try {
            look();
        } catch (RuntimeException away) {
            // The loop says why it cannot either.
            loop.nudge();
        }
    }

    private synchronized long look() {
        Instant now = clock.instant();
        Set<String> news = sessions.endedWithin(Duration.between(looked, now).plus(OVERLAP)).stream()
                .filter(session -> ended.putIfAbsent(session, now) == null).collect(Collectors.toUnmodifiableSet());
        looked = now;
        if (!news.isEmpty()) {
            event.fire(new SessionsEnded(news));
        }
        ended.values().removeIf(since -> since.plus(config.accessLife()).plus(OVERLAP).plus(OVERLAP).isBefore(now));
        return LOOK_MILLIS;
    }
}
