package io.pado.realtime;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One topic that this node follows, because it has subscribers of it. Holds up to which sequence its events were handed out, so
 * that none is handed out twice and a hole is noticed.
 */
final class Following {

    private static final long UNKNOWN = -1;

    private final Topic topic;
    private final Continuity continuity;
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private long top = UNKNOWN; // guarded by this

    Following(Topic topic, Continuity continuity) {
        this.topic = topic;
        this.continuity = continuity;
    }

    Topic topic() {
        return topic;
    }

    Set<Subscriber> subscribers() {
        return subscribers;
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

    synchronized void forgetPosition() {
        top = UNKNOWN;
    }

    /** @return whether events between the last one handed out and {@code previous} are missing */
    synchronized boolean misses(long previous) {
        return top != UNKNOWN && previous > top;
    }

    /** Hands an event to all subscribers, unless it was handed out before. */
    synchronized void deliver(Envelope envelope) {
        if (top != UNKNOWN && envelope.id().sequence() <= top) {
            return;
        }
        top = envelope.id().sequence();
        Map<Wire, Frame> frames = new IdentityHashMap<>(4);
        for (Subscriber subscriber : subscribers) {
            Frame frame = frames.computeIfAbsent(subscriber.wire(), wire -> Frame.of(envelope, wire));
            subscriber.deliver(frame, continuity);
        }
    }
}
