package io.pado.presence;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.json.Json;
import io.pado.realtime.StreamClosed;
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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** This node's streams of presence: sends each its heartbeat, spread over the period. Thread-safe. */
@ApplicationScoped
class Onlookers {

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
    private final Map<String, Onlooker> greeted = new ConcurrentHashMap<>();

    // Of the loop's thread.
    private long second;

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    void closed(@Observes StreamClosed closed) {
        greeted.remove(closed.connectionId());
    }

    /** The stream has been greeted. It may have ended meanwhile, which is seen within a second. */
    void add(OpenStream stream, Onlooker onlooker) {
        greeted.put(stream.id(), onlooker);
    }

    /** @return all that are open now */
    List<Onlooker> all() {
        return List.copyOf(greeted.values());
    }

    private long step() {
        greeted.values().removeIf(Onlooker::hasEnded);
        long period = Math.max(1, config.heartbeat().toSeconds());
        second = (second + 1) % period;
        String timestamp = Json.text(new Heartbeat(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        greeted.forEach((id, onlooker) -> {
            if (Math.floorMod(id.hashCode(), period) == second) {
                onlooker.send(new SseFrame().event("heartbeat").data(timestamp));
                activity.note(onlooker.userId());
            }
        });
        return SECOND_MILLIS;
    }
}
