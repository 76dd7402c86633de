package io.pado.realtime.websocket;

import io.pado.realtime.stream.StreamConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The messages that clients of this node have begun and not ended. Each has a time to end, and all together may take so much memory:
 * {@code pado.websocket.message.seconds}, {@code pado.websocket.unfinished.bytes}. Thread-safe.
 */
@ApplicationScoped
public class UnfinishedMessages {

    @Inject
    private StreamConfig config;
    @Inject
    private ScheduledExecutorService timer;

    private final Map<BareSession, Begun> all = new ConcurrentHashMap<>();
    private long bytes; // guarded by this
    private Future<?> looking;

    private record Begun(long since, int bytes) {
    }

    void start(@Observes Startup startup) {
        looking = timer.scheduleWithFixedDelay(this::giveUpTheLate, 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        looking.cancel(false);
    }

    /**
     * Notes how much of a message a client has sent.
     *
     * @param size 0 if there is no unfinished message any more
     * @return false if all together are too large now: this one must end
     */
    boolean note(BareSession session, int size) {
        Begun before = size == 0 ? all.remove(session)
                : all.put(session, new Begun(all.getOrDefault(session, new Begun(System.nanoTime(), 0)).since(), size));
        synchronized (this) {
            bytes += size - (before == null ? 0 : before.bytes());
            return size == 0 || bytes <= config.unfinishedBytes();
        }
    }

    private void giveUpTheLate() {
        long earliest = System.nanoTime() - TimeUnit.SECONDS.toNanos(config.messageSeconds());
        all.forEach((session, begun) -> {
            if (begun.since() - earliest < 0) {
                session.giveUpIfHeard();
            }
        });
    }
}
