package io.pado.platform.model.openai;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.pado.platform.model.ModelLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** Tells once when a limit of one HTTP call is over. Has one task of the timer at a time, as a rule, and holds no thread. Thread-safe. */
final class Watchdog {

    private final ScheduledExecutorService timer;
    private final ModelLimits limits;
    private final Consumer<LimitException> late;
    private volatile long heard; // nanoTime; 0 before the first byte
    private long started; // this and the next three are guarded by this
    private Optional<Duration> rest = Optional.empty();
    private long restSince;
    private Optional<Future<?>> alarm = Optional.empty();
    private boolean stopped;

    /** @param late is called on a thread of the timer, and must not hold it */
    Watchdog(ScheduledExecutorService timer, ModelLimits limits, Consumer<LimitException> late) {
        this.timer = timer;
        this.limits = limits;
        this.late = late;
    }

    synchronized void start() {
        started = System.nanoTime();
        arm();
    }

    /** Something came. */
    void heard() {
        boolean first = heard == 0;
        heard = System.nanoTime() | 1;
        if (first) {
            rearm();
        }
    }

    /** Everything that matters has come: the end may take only so long. */
    void endWithin(Duration time) {
        synchronized (this) {
            rest = Optional.of(time);
            restSince = System.nanoTime();
        }
        rearm();
    }

    synchronized void stop() {
        stopped = true;
        alarm.ifPresent(task -> task.cancel(false));
    }

    /** Another limit counts now, which may be nearer. */
    private synchronized void rearm() {
        alarm.ifPresent(task -> task.cancel(false));
        arm();
    }

    private void arm() {
        if (!stopped) {
            alarm = Optional.of(timer.schedule(this::look, Math.max(1, left()), NANOSECONDS));
        }
    }

    private void look() {
        LimitException over;
        synchronized (this) {
            if (stopped) {
                return;
            }
            if (left() > 0) {
                arm();
                return;
            }
            stopped = true;
            over = over();
        }
        late.accept(over);
    }

    private long left() {
        long now = System.nanoTime();
        return Math.min(leftOf(limits.total(), started, now), Math.min(leftOfQuiet(now),
                rest.map(time -> leftOf(time, restSince, now)).orElse(Long.MAX_VALUE)));
    }

    private long leftOfQuiet(long now) {
        return heard == 0 ? leftOf(limits.firstByte(), started, now) : leftOf(limits.silence(), heard, now);
    }

    private static long leftOf(Duration limit, long since, long now) {
        return limit.toNanos() - (now - since);
    }

    private LimitException over() {
        if (leftOf(limits.total(), started, System.nanoTime()) <= 0) {
            return new LimitException("No end", limits.total());
        }
        return heard == 0 ? new LimitException("No first byte", limits.firstByte())
                : new LimitException("Silence", rest.orElse(limits.silence()));
    }
}
