package io.pado.platform.mongo;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.StartOrder;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Does every {@link Preparation} in the background, so that a start neither waits for MongoDB nor fails without it; and again, for a collection may be dropped. */
@ApplicationScoped
public class Preparations {

    private static final long AWAY_MILLIS = 500;
    private static final long EVERY_MILLIS = 60_000;
    /** One may fail by chance, at a start above all; after so many MongoDB is away, or refuses. */
    private static final int PATIENCE = 3;

    @Inject
    private Mongo mongo;
    @Inject
    @Any
    private Instance<Preparation> all;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("mongo-preparations", this::prepare);
    // Written by the loop's thread only.
    private volatile int attempts;
    private volatile boolean done;

    void start(@Observes @Priority(StartOrder.PREPARE) Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /** @return whether all have been done once, by this node */
    boolean areDone() {
        return done;
    }

    /** @return whether they are not done, and will not be soon */
    boolean areOverdue() {
        return !done && attempts > PATIENCE;
    }

    /** That MongoDB is away is told by {@link Mongo}. */
    private long prepare() {
        attempts = Math.min(attempts + 1, PATIENCE + 1);
        if (!mongo.answers()) {
            return AWAY_MILLIS;
        }
        RuntimeException failed = null;
        for (Preparation each : all) {
            failed = attempt(each, failed);
        }
        if (failed != null) {
            throw failed;
        }
        done = true;
        return EVERY_MILLIS;
    }

    /** One that fails keeps none of the others from being done. @return the first failure until now, if any */
    private static RuntimeException attempt(Preparation one, RuntimeException before) {
        try {
            one.prepare();
            return before;
        } catch (RuntimeException failure) {
            if (before == null) {
                return failure;
            }
            before.addSuppressed(failure);
            return before;
        }
    }
}
