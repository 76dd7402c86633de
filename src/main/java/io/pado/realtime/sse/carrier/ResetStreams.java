package io.pado.realtime.sse.carrier;

import io.pado.platform.BackgroundLoop;
import io.pado.realtime.hub.Subscriber;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** Forgets streams that a client of HTTP/2 has reset: its connection stays open, and the container tells nobody. */
@ApplicationScoped
public class ResetStreams {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    @Resource
    private ManagedThreadFactory threads;

    private final Queue<Watched> watched = new ConcurrentLinkedQueue<>();
    private final BackgroundLoop loop = new BackgroundLoop("reset-streams", this::look);

    private record Watched(Subscriber subscriber, BooleanSupplier end) {
    }

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /** Watches over a stream until it has ended. @param end tells whether its client has reset it */
    void watch(Subscriber subscriber, BooleanSupplier end) {
        watched.add(new Watched(subscriber, end));
    }

    private long look() {
        watched.removeIf(stream -> stream.subscriber.hasEnded());
        watched.forEach(stream -> {
            if (stream.end.getAsBoolean()) {
                stream.subscriber.peerIsGone();
            }
        });
        return BETWEEN_LOOKS.toMillis();
    }
}
