package io.pado.realtime.hub;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Frame;
import io.pado.realtime.Notice;
import io.pado.realtime.Topic;
import io.pado.realtime.hub.outbox.Outbox;
import io.pado.realtime.log.LogSlice;
import io.pado.realtime.log.LogUnavailable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The way of one subscription into the live stream: it is held back since it was registered, gets what it missed a portion at a time,
 * each written before the next is made, then goes live. {@link #begin} it once the reader was told how the join went.
 */
public final class Join implements Outbox.Source {

    /** Events of each topic that are read at a time: a slow reader's replay takes no more memory than this. */
    static final int PAGE = 200;
    /** Bytes that are made at a time, or one frame: little beside an outbox' bound, which other frames need too. */
    private static final int PORTION = 64 * 1024;
    /** Characters of events that may wait for their turn. A WebSocket has a hundred joins that wait. */
    private static final int MAX_WAITING = 16 * 1024;

    private final Hub hub;
    private final Subscription subscription;
    private final EventId start;
    private final boolean resuming;
    private final boolean recovered;
    private final Optional<Notice> notice;
    private final Set<Topic> gaps;
    private LogSlice page;
    private Iterator<Envelope> missed;
    private boolean noticed;
    /** The page was forgotten and is read anew. */
    private boolean forgotten;

    Join(Hub hub, Subscription subscription, EventId start, boolean resuming, Optional<Notice> notice, LogSlice page) {
        this.hub = hub;
        this.subscription = subscription;
        this.start = start;
        this.resuming = resuming;
        this.recovered = resuming && notice.isEmpty();
        this.notice = notice;
        this.gaps = page.holes();
        this.page = page;
        this.missed = page.events().iterator();
        subscription.advance(start);
    }

    /** The reader has everything up to here before anything else is sent; the right id for its first frame. */
    public EventId start() {
        return start;
    }

    /** @return where the log stood when it was read last: the reader will be given all that was up to there */
    EventId read() {
        return page.position();
    }

    /** Whether the reader goes on where it was, with nothing lost in between; false for a fresh start. */
    public boolean recovered() {
        return recovered;
    }

    /** The topics of which events between the reader's place and now are no longer kept. */
    public Set<Topic> gaps() {
        return gaps;
    }

    /** The topics that are listened to. */
    public Set<Topic> topics() {
        return subscription.topics();
    }

    /** @return what was joined */
    public Subscription subscription() {
        return subscription;
    }

    /** Has what was missed sent, and after that what is published. */
    public void begin() {
        subscription.subscriber().outbox().feed(this);
    }

    @Override
    public List<Frame> next() {
        if (subscription.hasLeft()) {
            return List.of();
        }
        try {
            if (notice.isPresent() && !noticed) {
                noticed = true;
                return List.of(frame(notice.get()));
            }
            List<Frame> frames = List.of();
            // A portion may be of topics only that were left meanwhile.
            while (frames.isEmpty() && !subscription.hasLeft() && subscription.isOf(page.epoch()) && (missed.hasNext() || turned())) {
                frames = portion();
            }
            return frames.isEmpty() ? live() : frames;
        } catch (LogUnavailable unavailable) {
            subscription.subscriber().end(CloseReason.UNAVAILABLE);
            return List.of();
        }
    }

    @Override
    public boolean isOver() {
        return subscription.hasLeft();
    }

    /** Forgets what it has read if that is much: it is in the log. */
    @Override
    public void waits() {
        if (resuming && page.events().stream().mapToLong(event -> event.json().length()).sum() > MAX_WAITING) {
            forgotten = true;
            page = new LogSlice(page.epoch(), page.sequence(), List.of(), Set.of(), true);
            missed = page.events().iterator();
        }
    }

    /** @return whether there is one more page; what is to be said of it has been said then */
    private boolean turned() {
        if (page.complete() && !forgotten) {
            return false;
        }
        LogSlice next = hub.read(after(subscription.topics(), forgotten ? start.sequence() : page.reach()));
        Set<Topic> untold = new HashSet<>(next.holes());
        untold.removeAll(forgotten ? gaps : Set.of());
        forgotten = false;
        if (!next.epoch().equals(page.epoch())) {
            subscription.subscriber().notify(Notice.NEW_EPOCH.of(subscription.topics()));
            next = new LogSlice(next.epoch(), next.sequence(), List.of(), Set.of(), true);
        } else if (!untold.isEmpty()) {
            subscription.subscriber().notify(Notice.HISTORY_GONE.of(untold));
        }
        page = next;
        missed = page.events().iterator();
        return missed.hasNext();
    }

    private List<Frame> portion() {
        List<Frame> frames = new ArrayList<>();
        EventId reached = start;
        int bytes = 0;
        Set<Topic> missing = new HashSet<>();
        while (bytes < PORTION && missed.hasNext()) {
            Envelope event = missed.next();
            reached = event.id();
            if (subscription.topics().contains(event.topic())) {
                Optional<Frame> frame = hub.eventFrames().of(event, subscription.subscriber().wire());
                if (frame.isEmpty()) {
                    subscription.subscriber().end(CloseReason.FAULT);
                    break;
                }
                // Once is enough: who fetches then gets all that was in the log before.
                if (frame.get().sequence() != Frame.UNNUMBERED || missing.add(event.topic())) {
                    frames.add(frame.get());
                    bytes += frame.get().bytes().length;
                }
            }
        }
        return subscription.advance(reached) ? frames : List.of();
    }

    private List<Frame> live() {
        subscription.goLive(page.position());
        return List.of();
    }

    private Frame frame(Notice said) {
        return Frame.unnumbered(subscription.subscriber().wire().notice(said));
    }

    static Map<Topic, Long> after(Set<Topic> topics, long sequence) {
        return topics.stream().collect(Collectors.toMap(Function.identity(), topic -> sequence));
    }
}
