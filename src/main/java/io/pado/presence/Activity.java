package io.pado.presence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** When this node's users were active: noted in memory, written to Redis together now and then. Thread-safe. */
@ApplicationScoped
class Activity {

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final PresenceStore store;
    private final long periodNanos;

    private Map<Long, Long> latest = new HashMap<>(); // guarded by this
    private long writtenAt = System.nanoTime(); // of the writer's thread

    @Inject
    Activity(PresenceStore store) {
        this(store, PERIOD_NANOS);
    }

    /** Writes at other times. */
    Activity(PresenceStore store, long periodNanos) {
        this.store = store;
        this.periodNanos = periodNanos;
    }

    /** For the container's proxy only. */
    protected Activity() {
        this(null, 0);
    }

    /** The user is active now. */
    synchronized void note(long userId) {
        latest.put(userId, System.nanoTime());
    }

    /** Writes if it is time to; what could not be written is forgotten, for the next activity comes soon. */
    void writeIfDue() {
        long now = System.nanoTime();
        if (now - writtenAt < periodNanos) {
            return;
        }
        writtenAt = now;
        Map<Long, Long> sinces = new HashMap<>();
        for (Map.Entry<Long, Long> each : taken().entrySet()) {
            sinces.put(each.getKey(), TimeUnit.NANOSECONDS.toMillis(Math.max(0, now - each.getValue())));
            if (sinces.size() == PresenceStore.MOST) {
                store.active(sinces);
                sinces.clear();
            }
        }
        if (!sinces.isEmpty()) {
            store.active(sinces);
        }
    }

    private synchronized Map<Long, Long> taken() {
        Map<Long, Long> all = latest;
        latest = new HashMap<>();
        return all;
    }
}
