package io.pado.realtime.hub;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Envelope;
import io.pado.realtime.Frame;
import io.pado.realtime.Tap;
import io.pado.realtime.Wire;
import io.pado.realtime.Writers;
import io.pado.realtime.hub.outbox.Outbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Hands events to the subscriptions of their topics, in the order in which they come, over all topics: a reader of several resumes by
 * one id, and whoever has an event must have all before it. While some topic is busy all events wait for those that follow,
 * {@value #WINDOW_MILLIS} ms at most, so that they go out in one write: the write is most of what a delivery costs. Thread-safe.
 */
final class Delivery {

    private static final Logger LOG = Logger.getLogger(Delivery.class.getName());
    private static final long WINDOW_MILLIS = 20;
    private static final int MAX_WAITING = 256;

    private final ScheduledExecutorService timer;
    private final Writers writers;
    private final Traffic traffic;
    private final EventFrames eventFrames;
    private final List<Pending> waiting = new ArrayList<>(); // guarded by this

    private record Pending(FollowedTopic followedTopic, Envelope envelope) {
    }

    Delivery(ScheduledExecutorService timer, Writers writers, Traffic traffic, EventFrames eventFrames) {
        this.timer = timer;
        this.writers = writers;
        this.traffic = traffic;
        this.eventFrames = eventFrames;
    }

    /** Hands an event out, now or soon, unless it was handed out before. */
    synchronized void hand(FollowedTopic followedTopic, Envelope envelope) {
        if (!followedTopic.takes(envelope)) {
            return;
        }
        boolean busy = followedTopic.countEvent();
        waiting.add(new Pending(followedTopic, envelope));
        if (waiting.size() == 1 && !busy || waiting.size() == MAX_WAITING) {
            flush();
        } else if (waiting.size() == 1) {
            timer.schedule(this::flush, WINDOW_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Hands out what waits for more. */
    synchronized void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        Set<FollowedTopic> told = new HashSet<>(2);
        for (Pending each : waiting) {
            told.add(each.followedTopic());
            if (queue(each.followedTopic(), each.envelope())) {
                each.followedTopic().handOut(each.envelope().id());
            }
            traffic.handedOut(each.envelope(), each.followedTopic().subscriptions().size());
        }
        waiting.clear();
        List<Runnable> woken = new ArrayList<>();
        told.forEach(followedTopic -> followedTopic.subscriptions().forEach(subscription -> {
            Outbox outbox = subscription.subscriber().outbox();
            if (outbox.claimsWriter()) {
                woken.add(outbox);
            }
        }));
        writers.executeAll(woken);
    }

    /** @return whether all who listen have the event */
    private boolean queue(FollowedTopic followedTopic, Envelope event) {
        followedTopic.taps().forEach(tap -> tell(tap, event));
        Map<Wire, Optional<Frame>> frames = new IdentityHashMap<>(4);
        Wire last = null;
        Optional<Frame> frame = Optional.empty();
        boolean whole = true;
        for (Subscription subscription : followedTopic.subscriptions()) {
            Wire wire = subscription.subscriber().wire();
            if (wire != last) {
                frame = frames.computeIfAbsent(wire, each -> eventFrames.of(event, each));
                last = wire;
                whole &= frame.isPresent() && frame.get().sequence() != Frame.UNNUMBERED;
            }
            if (frame.isPresent()) {
                subscription.queue(frame.get(), followedTopic.slowReaders());
            } else {
                subscription.subscriber().end(CloseReason.FAULT);
            }
        }
        return whole;
    }

    /** A tap that fails holds up nobody. */
    private static void tell(Tap tap, Envelope event) {
        try {
            tap.heard(event);
        } catch (RuntimeException fault) {
            LOG.log(Level.SEVERE, "Code of this node cannot hear an event of " + event.topic() + ": " + event.id(), fault);
        }
    }
}
