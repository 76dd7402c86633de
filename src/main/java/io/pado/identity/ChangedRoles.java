package io.pado.identity;

import io.pado.identity.user.UserRights;
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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The roles of users whose roles were changed while a token of theirs may still say others. As {@link EndedSessions}, each node asks the database a few
 * times a second and keeps them in memory, so that what an admin gives or takes counts within a second, for tokens and for open streams. Thread-safe.
 */
@ApplicationScoped
public class ChangedRoles {

    private static final long LOOK_MILLIS = 200;
    /** Transactions become visible later than the time they carry says. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    @Inject
    private UserRights rights;
    @Inject
    private IdentityConfig config;
    @Inject
    private Clock clock;
    @Inject
    private Event<RolesChanged> event;
    @Resource
    private ManagedThreadFactory threads;

    private final Map<Long, Known> changed = new ConcurrentHashMap<>();
    private final BackgroundLoop loop = new BackgroundLoop("roles", this::look);
    private Instant looked; // of the loop only, after the start

    private record Known(Set<String> roles, Instant heard) {
    }

    void start(@Observes @Priority(StartOrder.WATCH) Startup startup) {
        looked = clock.instant().minus(config.accessLife());
        look();
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /**
     * @param caller  by a token of ours
     * @return the same with the roles that the user has now
     */
    public Caller current(Caller caller) {
        if (changed.isEmpty() || caller.userId().isEmpty()) {
            return caller;
        }
        Known now = changed.get(caller.userId().getAsLong());
        return now == null || now.roles().equals(caller.roles()) ? caller : caller.with(now.roles());
    }

    /** Has this node know at once what it changed itself. */
    public void nudge() {
        loop.nudge();
    }

    private long look() {
        Instant now = clock.instant();
        Set<Long> news = new HashSet<>();
        rights.changedWithin(Duration.between(looked, now).plus(OVERLAP)).forEach((user, roles) -> {
            Known before = changed.put(user, new Known(roles, now));
            if (before == null || !before.roles().equals(roles)) {
                news.add(user);
            }
        });
        looked = now;
        if (!news.isEmpty()) {
            event.fire(new RolesChanged(Set.copyOf(news)));
        }
        changed.values().removeIf(known -> known.heard().plus(config.accessLife()).plus(OVERLAP).isBefore(now));
        return LOOK_MILLIS;
    }
}
