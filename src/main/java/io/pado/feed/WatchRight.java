package io.pado.feed;

import io.pado.platform.redis.Lease;
import java.time.Duration;
import java.util.Optional;

/**
 * This node's right to watch. If its holder dies, another node has the right after {@link #LASTING} and {@link #STANDBY_MILLIS} at most: 4.5 s. The rest of
 * the 10 s within which all has to go on is for a slow MongoDB, which may take 3 s to open the stream. Of one thread, but for {@link #giveBack}.
 */
final class WatchRight {

    /** Longer than a pause of the JVM, or Redis taking its 2 s for an answer; shorter, and a busy node would lose the right for nothing. */
    static final Duration LASTING = Duration.ofSeconds(4);
    static final long STANDBY_MILLIS = 500;
    private static final long RENEWAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Lease lease;
    private Lease.Held held;
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
