package io.pado.presence;

import io.pado.platform.BackgroundLoop;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** Sends all states once more to this node's streams of presence, some at a time, if Redis has lost who was online. Thread-safe. */
@ApplicationScoped
class Refresher {

    private static final int AT_A_TIME = 32;
    private static final long PAUSE_MILLIS = 50;
    private static final long IDLE_MILLIS = 1_000;

    @Inject
    private Onlookers onlookers;
    @Inject
    private Statuses statuses;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("presence-refresh", this::step);

    // Guarded by this.
    private boolean due;
    private long dueAt;

    // Of the loop's thread.
    private final Queue<Onlooker> waiting = new ArrayDeque<>();
    private final List<Onlooker> underWay = new ArrayList<>();

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /** Begins after some time, when all nodes have told Redis of their streams. */
    synchronized void after(Duration time) {
        due = true;
        dueAt = System.nanoTime() + time.toNanos() + TimeUnit.SECONDS.toNanos(1);
    }

    private long step() {
        if (isDue()) {
            waiting.clear();
            waiting.addAll(onlookers.all());
        }
        underWay.removeIf(each -> !each.isRefreshing());
        waiting.removeIf(Onlooker::hasEnded);
        if (!waiting.isEmpty() && underWay.size() < AT_A_TIME) {
            // A stream ends if a store is away when it is its turn; so all wait until the stores are there.
            statuses.ofFriends(waiting.element().userId());
            while (!waiting.isEmpty() && underWay.size() < AT_A_TIME) {
                Onlooker next = waiting.remove();
                next.refresh();
                underWay.add(next);
            }
        }
        return waiting.isEmpty() ? IDLE_MILLIS : PAUSE_MILLIS;
    }

    private synchronized boolean isDue() {
        boolean now = due && System.nanoTime() - dueAt >= 0;
        due &= !now;
        return now;
    }
}
