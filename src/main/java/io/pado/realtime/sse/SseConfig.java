package io.pado.realtime.sse;

import io.pado.realtime.OutboxLimits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of SSE streams; their meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
public class SseConfig {

    @Inject
    @ConfigProperty(name = "pado.stream.heartbeat")
    int heartbeat;

    @Inject
    @ConfigProperty(name = "pado.stream.retry")
    int retry;

    @Inject
    @ConfigProperty(name = "pado.stream.outbox.frames")
    int outboxFrames;

    @Inject
    @ConfigProperty(name = "pado.stream.outbox.bytes")
    int outboxBytes;

    /** @return seconds between two heartbeats of a stream */
    public int heartbeatSeconds() {
        return heartbeat;
    }

    /** @return how long a client should wait before it comes back, milliseconds, different for each so that they spread */
    public long retryMillis() {
        return retry + ThreadLocalRandom.current().nextLong(retry + 1L);
    }

    /** @return how much may wait for one reader */
    public OutboxLimits limits() {
        return new OutboxLimits(outboxFrames, outboxBytes);
    }
}
