package io.pado.presence;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.Json;
import io.pado.realtime.StreamClosed;
import io.pado.realtime.StreamOpened;
import io.pado.realtime.sse.OpenStream;
import io.pado.realtime.sse.SseFrame;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** This node's streams of presence: sends each its heartbeat, spread over the period, and all states again if Redis has lost them. Thread-safe. */
@ApplicationScoped
class Onlookers {

    static final String ENDPOINT = "/api/presence/stream";
    private static final Logger LOG = Logger.getLogger(Onlookers.class.getName());
    private static final long SECOND_MILLIS = 1_000;

    @Inject
    private PresenceConfig config;
    @Inject
    private Activity activity;
    @Inject
    private Clock clock;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("presence-streams", this::step);

    // Guarded by this.
    private final Set<String> open = new HashSet<>();
    private final Map<String, Onlooker> greeted = new HashMap<>();
    /** Streams that are to get all states again; of the loop only. */
    private final Set<String> stale = new HashSet<>();
    private boolean refreshes;
    private long refreshAt;

    // Of the loop's thread.
    private long second;

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    synchronized void opened(@Observes StreamOpened opened) {
        if (opened.endpoint().equals(ENDPOINT)) {
            open.add(opened.connectionId());
        }
    }

    synchronized void closed(@Observes StreamClosed closed) {
        open.remove(closed.connectionId());
        greeted.remove(closed.connectionId());
    }

    /** The stream has been greeted; harmless if it has ended meanwhile. */
    synchronized void add(OpenStream stream, Onlooker onlooker) {
        if (open.contains(stream.id())) {
            greeted.put(stream.id(), onlooker);
        }
    }

    /** Has all streams get all states after some time, when all nodes have told Redis of theirs. */
    synchronized void refreshAfter(Duration time) {
        refreshes = true;
        refreshAt = System.nanoTime() + time.toNanos() + TimeUnit.SECONDS.toNanos(1);
    }

    private long step() {
        if (isRefreshDue()) {
            stale.addAll(all().keySet());
        }
        Map<String, Onlooker> greetedNow = all();
        stale.removeIf(id -> !greetedNow.containsKey(id) || isRefreshed(greetedNow.get(id)));
        long period = Math.max(1, config.heartbeat().toSeconds());
        second = (second + 1) % period;
        String timestamp = Json.text(new Heartbeat(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        all().forEach((id, onlooker) -> {
            if (Math.floorMod(id.hashCode(), period) == second) {
                onlooker.send(new SseFrame().event("heartbeat").data(timestamp));
                activity.note(onlooker.userId());
            }
        });
        return SECOND_MILLIS;
    }

    private synchronized boolean isRefreshDue() {
        boolean due = refreshes && System.nanoTime() - refreshAt >= 0;
        refreshes &= !due;
        return due;
    }

    private synchronized Map<String, Onlooker> all() {
        return new HashMap<>(greeted);
    }

    /** @return false if a store is away: it is tried again a second later */
    private static boolean isRefreshed(Onlooker onlooker) {
        try {
            onlooker.refresh();
            return true;
        } catch (RuntimeException away) {
            LOG.log(Level.FINE, "A stream of presence is brought up to date later, for a store is away", away);
            return false;
        }
    }
}
