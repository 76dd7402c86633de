package io.pado.realtime;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One topic that this node follows, because it has subscribers of it. Holds up to which sequence its events were handed out, so
 * that none is handed out twice and a hole is noticed.
 */
final class Following {

    private static final long UNKNOWN = -1;
    private static final long WINDOW_MILLIS = 20;
    private static final int MOST_WAITING = 64;

    private final Topic topic;
    private final Continuity continuity;
    private final ScheduledExecutorService timer;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    // All guarded by this.
    private final Rhythm rhythm = new Rhythm();
    private final List<Envelope> waiting = new ArrayList<>(2);
    private long top = UNKNOWN;

    Following(Topic topic, Continuity continuity, ScheduledExecutorService timer) {
        this.topic = topic;
        this.continuity = continuity;
        this.timer = timer;
    }

    Topic topic() {
        return topic;
    }

    Set<Subscription> subscriptions() {
        return subscriptions;
    }

    /** Done once announcements of the topic reach this node. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    synchronized long top() {
        return top;
    }

    /** Whoever joins from now on reads the log itself up to here or further. */
    synchronized void startAt(long sequence) {
        if (top == UNKNOWN) {
            top = sequence;
        }
    }

    /** The log began anew: what is handed out from now on has other numbers. */
    synchronized void forgetPosition() {
        flush();
        top = UNKNOWN;
    }

    /** @return whether events between the last one handed out and {@code previous} are missing */
    synchronized boolean misses(long previous) {
        return top != UNKNOWN && previous > top;
    }

    /**
     * Hands an event to all that listen, unless it was handed out before. While the topic is busy it may wait for those that
     * follow, {@value #WINDOW_MILLIS} ms at most, so that they go out in one write: the write is most of what a delivery costs.
     */
    synchronized void deliver(Envelope envelope) {
        if (top != UNKNOWN && envelope.id().sequence() <= top) {
            return;
        }
        top = envelope.id().sequence();
        waiting.add(envelope);
        if (!rhythm.beat(System.nanoTime()) || waiting.size() == MOST_WAITING) {
            flush();
        } else if (waiting.size() == 1) {
            timer.schedule(this::flush, WINDOW_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Sends a notice to all that listen, after the events so far. */
    synchronized void tell(Notice notice) {
        flush();
        subscriptions.forEach(subscription -> subscription.notify(notice.of(Set.of(topic))));
    }

    /** Hands out what waits for more. */
    synchronized void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        List<Envelope> events = List.copyOf(waiting);
        waiting.clear();
        Map<Wire, List<Frame>> frames = new IdentityHashMap<>(4);
        for (Subscription subscription : subscriptions) {
            subscription.deliver(frames.computeIfAbsent(subscription.subscriber().wire(), wire -> frames(events, wire)), continuity);
        }
    }

    private static List<Frame> frames(List<Envelope> events, Wire wire) {
        return events.stream().map(event -> Frame.of(event, wire)).toList();
    }
}
