package io.pado.feed.watch;

import io.pado.platform.redis.Lease;
import java.time.Duration;
import java.util.Optional;

/**
 * This node's right to watch. If its holder dies, another node has the right after {@link #LASTING} and {@link #STANDBY_MILLIS} at most: 4.5 s. The rest of
 * the 10 s within which all has to go on is for a slow MongoDB, which may take 3 s to open the stream. A step of the watch may take longer than the right
 * lasts (9 MB from a slow server, 500 lookups), and would be repeated for ever if the right were lost each time: so a timer keeps it meanwhile. Of one
 * thread, but for {@link #keep} and {@link #giveBack}.
 */
final class WatchRight {

    /** Longer than a pause of the JVM, or Redis taking its 2 s for an answer; shorter, and a busy node would lose the right for nothing. */
    static final Duration LASTING = Duration.ofSeconds(4);
    static final long STANDBY_MILLIS = 500;
    static final long RENEWAL_MILLIS = 1_000;
    private static final long RENEWAL_NANOS = Duration.ofMillis(RENEWAL_MILLIS).toNanos();
    /** A step that takes longer than this hangs, and another node may try. */
    private static final long LONGEST_STEP_NANOS = Duration.ofSeconds(60).toNanos();

    private final Lease lease;
    private volatile Lease.Held held;
    private volatile boolean isWorking;
    private volatile long workingSince;
    private long renewedAt;

    WatchRight(FeedStore store) {
        lease = store.lease(LASTING);
    }

    /** @return whether this node holds it, and need not say so to Redis yet */
    boolean isFresh() {
        return held != null && System.nanoTime() - renewedAt < RENEWAL_NANOS;
    }

    /** Takes it, or says that this node still has it. @return whether it is another one than before: just got, lost, or lost and got again */
    boolean renew() {
        long asked = System.nanoTime();
        Optional<Lease.Held> now = lease.acquire();
        boolean isAnother = held == null || now.isEmpty() || now.get().fence() != held.fence();
        held = now.orElse(null);
        renewedAt = asked;
        return isAnother;
    }

    /** Does a step of what the right is for. */
    void during(Runnable step) {
        workingSince = System.nanoTime();
        isWorking = true;
        try {
            step.run();
        } finally {
            isWorking = false;
        }
    }

    /** To be called each second, on a timer. */
    void keep() {
        Lease.Held mine = held;
        if (mine != null && isWorking && System.nanoTime() - workingSince < LONGEST_STEP_NANOS) {
            lease.extend(mine);
        }
    }

    boolean isHeld() {
        return held != null;
    }

    Lease lease() {
        return lease;
    }

    Lease.Held held() {
        return held;
    }

    /** Leaves it to whichever node asks next. */
    void leave() {
        if (held != null) {
            held = null;
            giveBack();
        }
    }

    /** The node ends. */
    void giveBack() {
        lease.release();
    }
}
