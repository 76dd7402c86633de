package io.pado.realtime.websocket;

import io.pado.platform.HeldBytes;
import io.pado.realtime.stream.StreamConfig;
import jakarta.annotation.PostConstruct;
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
 * The messages that clients of this node have begun and not ended. Each has a time to end, and those of one address, and all together, may take so much
 * memory: {@code pado.websocket.message.seconds}, {@code pado.websocket.unfinished.address}, {@code .bytes}. Thread-safe.
 */
@ApplicationScoped
public class UnfinishedMessages {

    @Inject
    private StreamConfig config;
    @Inject
    private ScheduledExecutorService timer;

    private final Map<BareSession, Begun> all = new ConcurrentHashMap<>();
    private HeldBytes held;
    private Future<?> looking;

    private record Begun(long since, HeldBytes.Holding held) {
    }

    @PostConstruct
    void count() {
        held = new HeldBytes(config.unfinishedBytes(), config.unfinishedBytesOfAddress());
    }

    void start(@Observes Startup startup) {
        looking = timer.scheduleWithFixedDelay(this::giveUpTheLate, 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        looking.cancel(false);
    }

    /**
     * Notes how much a message takes that a client has begun.
     *
     * @param size 0 if there is no unfinished message any more
     * @return false if those of its address, or all together, are too large now: this one must end
     */
    boolean note(BareSession session, int size) {
        if (size > 0) {
            return all.computeIfAbsent(session, one -> new Begun(System.nanoTime(), held.of(one.address()))).held().hold(size);
        }
        Begun ended = all.remove(session);
        if (ended != null) {
            ended.held().end();
        }
        return true;
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
