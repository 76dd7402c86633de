package io.pado.realtime.hub;

import io.pado.realtime.CloseReason;
import io.pado.realtime.EventId;
import io.pado.realtime.Frame;
import io.pado.realtime.Notice;
import io.pado.realtime.Topic;
import io.pado.realtime.audience.Audience;
import io.pado.realtime.policy.SlowReaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Topics that a {@link Subscriber} joined together, at one place in the log. While it joins, what is published is held back; once
 * the reader has what it missed, the held back follows, without what was in the missed part, and from then on everything goes straight to
 * the subscriber's outbox. Thread-safe; delivering never blocks.
 */
public final class Subscription {

    private static final long UNKNOWN = -1;

    private final Subscriber subscriber;
    /** Nothing where topics were named once and for all. */
    private final Optional<Audience> audience;
    private volatile Set<Topic> topics;
    private volatile boolean left; // changed under the lock

    // Guarded by this. Null once live.
    private List<Held> held = new ArrayList<>(2);
    private long floor = UNKNOWN;
    /** While it joins: up to where its reader has been given everything. Null until its place in the log is known. */
    private EventId reached;
    private boolean changedEarly;
    /** Of the log, once it has begun anew; empty before. */
    private String epoch = "";

    private record Held(Frame frame, SlowReaders slowReaders) {
    }

    Subscription(Subscriber subscriber, Optional<Audience> audience, Set<Topic> topics) {
        this.subscriber = subscriber;
        this.audience = audience;
        this.topics = Set.copyOf(topics);
    }

    /** @return whose it is */
    public Subscriber subscriber() {
        return subscriber;
    }

    /** @return what is listened to */
    public Set<Topic> topics() {
        return topics;
    }

    Optional<Audience> audience() {
        return audience;
    }

    /** @param frames in the order of the log */
    void deliver(List<Frame> frames, SlowReaders slowReaders) {
        boolean kept;
        synchronized (this) {
            if (left) {
                return;
            }
            kept = held != null ? hold(frames, slowReaders) : subscriber.outbox().offer(news(frames), slowReaders);
        }
        if (!kept) {
            subscriber.end(CloseReason.SLOW);
        }
    }

    /** Queues a frame that goes out once the outbox is woken, with those that follow until then. */
    void queue(Frame frame, SlowReaders slowReaders) {
        boolean kept;
        synchronized (this) {
            if (left) {
                return;
            }
            kept = held != null ? hold(List.of(frame), slowReaders)
                    : frame.sequence() <= floor || subscriber.outbox().queue(frame, slowReaders);
        }
        if (!kept) {
            subscriber.end(CloseReason.SLOW);
        }
    }

    /** Sends a notice that concerns this subscription, after the events so far. */
    void notify(Notice notice) {
        deliver(List.of(Frame.unnumbered(subscriber.wire().notice(notice))), SlowReaders.REPLAY);
    }

    /** The subscriber does not want it any more: nothing of it is sent from now on, not even what it missed. */
    synchronized void leave() {
        left = true;
    }

    /** The subscriber does not want these any more; of what is held back while it joins, they may still come. Guarded by the hub. */
    void leave(Set<Topic> unwanted) {
        topics = topics.stream().filter(topic -> !unwanted.contains(topic)).collect(Collectors.toUnmodifiableSet());
    }

    /** Asked by the outbox too, which is locked after this: it must not be locked before. */
    boolean hasLeft() {
        return left;
    }

    /**
     * Ends it at a place of the log, for another one that goes on from there.
     *
     * @param place up to which events were handed out
     * @return up to where its reader was given everything; nothing if it had left before, and if its own place is not known yet: then whoever
     *         joins it sees that by {@link #changedEarly}
     */
    synchronized Optional<EventId> leaveAt(EventId place) {
        if (left) {
            return Optional.empty();
        }
        if (held != null && reached == null) {
            changedEarly = true;
            return Optional.empty();
        }
        left = true;
        boolean begunLater = isOf(place.epoch()) && floor > place.sequence();
        return Optional.of(held != null ? reached : begunLater ? new EventId(place.epoch(), floor) : place);
    }

    /** Notes up to where its reader is given everything. @return false if it has left, and nothing more must be given */
    synchronized boolean advance(EventId place) {
        reached = left ? reached : place;
        return !left;
    }

    /** @return whether what its audience may hear has changed before its place in the log was known */
    synchronized boolean changedEarly() {
        return changedEarly;
    }

    /** From now on events go straight out; of those held back, the ones after {@code place} go first. */
    synchronized void goLive(EventId place) {
        if (left) {
            return;
        }
        List<Held> waiting = held;
        held = null;
        floor = isOf(place.epoch()) ? place.sequence() : UNKNOWN;
        waiting.forEach(each -> deliver(List.of(each.frame()), each.slowReaders()));
    }

    synchronized boolean isLive() {
        return held == null;
    }

    /** @return whether an event came live, and not with what the reader missed */
    synchronized boolean hadLive(EventId event) {
        return event.sequence() > floor;
    }

    /** The log began anew: its numbers are no longer comparable with those before. */
    synchronized void beginAnew(String current) {
        epoch = current;
        floor = UNKNOWN;
        if (held != null) {
            held.clear();
        }
    }

    /** @return whether events of that epoch may still be sent: the log may have begun anew since they were read */
    synchronized boolean isOf(String epochOfEvents) {
        return epoch.isEmpty() || epoch.equals(epochOfEvents);
    }

    private List<Frame> news(List<Frame> frames) {
        return frames.get(0).sequence() > floor ? frames : frames.stream().filter(f -> f.sequence() > floor).toList();
    }

    private boolean hold(List<Frame> frames, SlowReaders slowReaders) {
        if (held.size() + frames.size() > subscriber.limits().frames()) {
            return slowReaders == SlowReaders.LIVE;
        }
        frames.forEach(frame -> held.add(new Held(frame, slowReaders)));
        return true;
    }
}
