package io.pado.realtime.redis;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Refusal;
import io.pado.realtime.log.WritesAccepted;
import io.pado.realtime.log.WritesRefused;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Sees whether Redis takes writes, each second, and says when that changes. A server that has become a replica is left: its name may
 * stand for another one by now. That Redis is away altogether is for the {@link RedisTopicFeed} to say.
 */
@ApplicationScoped
public class LogWatch {

    private static final long PERIOD_MILLIS = 1_000;

    @Inject
    private Redis redis;
    @Inject
    private Event<WritesRefused> refusals;
    @Inject
    private Event<WritesAccepted> acceptances;
    @Inject
    private Event<ServerChanged> changes;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("log", this::look);

    // Of the loop's thread.
    private boolean refused;
    private boolean demoted;

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    private long look() {
        try {
            redis.probe();
        } catch (JedisException failure) {
            Optional<Refusal> refusal = Refusal.of(failure);
            refusal.ifPresent(this::refused);
            if (refused) {
                throw failure;
            }
            return PERIOD_MILLIS;
        }
        if (refused) {
            accepted();
        }
        return PERIOD_MILLIS;
    }

    private void refused(Refusal refusal) {
        if (refusal.isOfAReplica()) {
            demoted = true;
            redis.reconnect();
        }
        if (!refused) {
            refused = true;
            refusals.fire(new WritesRefused(refusal.cause()));
        }
    }

    /** If somebody cannot go on yet all is done again. */
    private void accepted() {
        if (demoted) {
            changes.fire(new ServerChanged());
            demoted = false;
        }
        acceptances.fire(new WritesAccepted());
        refused = false;
    }
}
