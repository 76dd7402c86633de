package io.pado.presence;

import io.pado.platform.BackgroundLoop;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Carries facts between the database and Redis, many at a time: whether users hide whom Redis does not know, what users have wished since, and when users
 * were seen last. Each node does that for all, so a wish is told to Redis whichever node dies. On a thread of its own, because the database may be away, and
 * a node's lease must not wait for that.
 */
@ApplicationScoped
class FactExchange {

    private static final long PERIOD_MILLIS = 1_000;
    private static final long WISHES_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STORING_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Inject
    private PresenceStore store;
    @Inject
    private PresenceFacts facts;
    @Inject
    private StatusRelay relay;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("presence-facts", this::step);
    private volatile boolean wished = true;
    // Of the loop's thread.
    private long toldAt;
    private long storedAt = System.nanoTime();

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /** Redis may want to know something. */
    void nudge() {
        loop.nudge();
    }

    /** Somebody hides, or does not any more. */
    void wished() {
        wished = true;
        loop.nudge();
    }

    private long step() {
        List<Long> unknown = store.unknown();
        if (!unknown.isEmpty()) {
            store.settle(facts.known(unknown));
            relay.nudge();
        }
        if (wished || System.nanoTime() - toldAt > WISHES_NANOS) {
            tellWishes();
        }
        if (System.nanoTime() - storedAt > STORING_NANOS) {
            storeLastSeen();
        }
        return unknown.size() == PresenceStore.MOST ? 0 : PERIOD_MILLIS;
    }

    /** Those of the last seconds are told again each time, for a fail-over of Redis may lose what it was told. */
    private void tellWishes() {
        wished = false;
        long last = 0;
        for (List<PresenceFacts.Wish> some = facts.untold(last); !some.isEmpty(); some = facts.untold(last)) {
            store.settle(some.stream().map(PresenceFacts.Wish::known).toList());
            relay.nudge();
            List<PresenceStore.Known> settled = some.stream().filter(PresenceFacts.Wish::isSettled).map(PresenceFacts.Wish::known).toList();
            if (!settled.isEmpty()) {
                facts.told(settled);
            }
            last = some.get(some.size() - 1).known().userId();
        }
        toldAt = System.nanoTime();
    }

    private void storeLastSeen() {
        for (Map<Long, Long> seen = store.unstored(); !seen.isEmpty(); seen = store.unstored()) {
            facts.seen(seen);
            store.stored(seen);
        }
        storedAt = System.nanoTime();
    }
}
