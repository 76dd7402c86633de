package io.pado.realtime.hub;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.Tap;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.SlowReaders;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One topic that this node follows, because it has subscribers of it. Holds up to which sequence its events were taken, so that none is
 * handed out twice and a hole is noticed. Thread-safe.
 */
final class FollowedTopic {

    private static final long UNKNOWN = -1;

    private final SlowReaders slowReaders;
    private final TopicShare share;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final Set<Tap> taps = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    // Guarded by this.
    private final Rhythm rhythm = new Rhythm();
    private long top = UNKNOWN;
    private Optional<EventId> handedOut = Optional.empty();
    private long events;

    /** @param share in which it counts */
    FollowedTopic(SlowReaders slowReaders, TopicShare share) {
        this.slowReaders = slowReaders;
        this.share = share;
    }

    TopicShare share() {
        return share;
    }

    SlowReaders slowReaders() {
        return slowReaders;
    }

    Set<Subscription> subscriptions() {
        return subscriptions;
    }

    Set<Tap> taps() {
        return taps;
    }

    boolean isUnheard() {
        return subscriptions.isEmpty() && taps.isEmpty();
    }

    /** Done once announcements of the topic reach this node. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** @param failure null if there was none */
    void becomeReady(Throwable failure) {
        if (failure == null) {
            ready.complete(null);
        } else {
            ready.completeExceptionally(failure);
        }
    }

    /** @return the sequence of the last event that was taken; negative if none is known */
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
        top = UNKNOWN;
        handedOut = Optional.empty();
    }

    /** @return whether events between the last one taken and {@code previous} are missing */
    synchronized boolean misses(long previous) {
        return top != UNKNOWN && previous > top;
    }

    /** @return whether the event is to be handed out; not if it was taken before */
    synchronized boolean takes(Envelope envelope) {
        boolean news = top == UNKNOWN || envelope.id().sequence() > top;
        if (news) {
            top = envelope.id().sequence();
        }
        return news;
    }

    /** Notes the last event that is in the outboxes of all who listen. */
    synchronized void handOut(EventId id) {
        handedOut = Optional.of(id);
        events++;
    }

    synchronized TopicTraffic traffic(Topic topic) {
        return new TopicTraffic(topic, subscriptions.size(), events);
    }

    /** @return the last event that is in the outboxes of all who listen and must not miss it; nothing where events may be left out */
    synchronized Optional<EventId> handedOut() {
        return slowReaders == SlowReaders.LIVE ? Optional.empty() : handedOut;
    }

    /** Notes that an event came. @return whether they follow each other fast */
    synchronized boolean countEvent() {
        return rhythm.beat(System.nanoTime());
    }

    /** Tells all that listen that events are gone. @param topic this one */
    void tellOfHole(Topic topic) {
        taps.forEach(Tap::missed);
        subscriptions.forEach(subscription -> subscription.notify(Notice.HISTORY_GONE.of(Set.of(topic))));
    }
}
