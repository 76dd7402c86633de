package io.pado.realtime.hub;

import io.pado.identity.Caller;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import io.pado.realtime.EventId;
import io.pado.realtime.Frame;
import io.pado.realtime.Notice;
import io.pado.realtime.Topic;
import io.pado.realtime.Wire;
import io.pado.realtime.hub.outbox.Outbox;
import io.pado.realtime.hub.outbox.OutboxLimits;
import io.pado.realtime.hub.outbox.ReaderState;
import io.pado.realtime.policy.SlowReaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One listener on this node: a connection, who is at its other end, and what waits to be written to it. What it listens to are its
 * {@link Subscription}s: a stream has one, a WebSocket may take and leave many. Nothing is written before {@link #open}.
 * Thread-safe; nothing here blocks.
 */
public final class Subscriber {

    private final String id;
    private final Wire wire;
    private final Outbox outbox;
    private final OutboxLimits limits;
    private volatile Consumer<CloseReason> onEnd = reason -> { };
    private volatile Caller caller;
    private volatile TopicShare share = TopicShare.ANY;
    private volatile List<Subscription> subscriptions = List.of();

    private boolean warned; // guarded by this
    private boolean degraded; // guarded by the degradation
    private volatile boolean left; // changed by the hub
    private boolean rechecking; // guarded by this
    private boolean changedAgain; // guarded by this

    /**
     * @param id         unique name of the connection
     * @param caller     who listens
     * @param wire       how its frames look
     * @param writers    whose threads may wait for a slow peer
     * @param limits     how much may wait for this reader
     */
    public Subscriber(String id, Caller caller, Wire wire, Executor writers, OutboxLimits limits) {
        this.id = id;
        this.caller = caller;
        this.wire = wire;
        this.limits = limits;
        this.outbox = new Outbox(writers, limits, reason -> onEnd.accept(reason));
    }

    /** @return the connection's unique name */
    public String id() {
        return id;
    }

    /** @return who listens, by the latest token */
    public Caller caller() {
        return caller;
    }

    /** @return what it listens to */
    public List<Subscription> subscriptions() {
        return subscriptions;
    }

    /** @return the topics of all its subscriptions */
    public Set<Topic> topics() {
        Set<Topic> topics = new HashSet<>();
        subscriptions.forEach(subscription -> topics.addAll(subscription.topics()));
        return topics;
    }

    /** Its connection can be written to: what waits goes out. If the subscriber has ended meanwhile the connection is closed. */
    public void open(Connection connection) {
        outbox.open(connection);
    }

    /** Has a task run once, when this has ended, before the connection is closed. Must be called before others know this subscriber. */
    public void onEnd(Consumer<CloseReason> task) {
        onEnd = task;
    }

    /** Has the topics that it is the first to hear count there. Must be called before others know this subscriber. */
    public void countsIn(TopicShare given) {
        share = given;
    }

    TopicShare share() {
        return share;
    }

    /** @return whether the connection can be written to, or could be before it ended */
    public boolean hasOpened() {
        return outbox.hasOpened();
    }

    /** @return whether it has ended and its connection is closed, or about to be */
    public boolean hasEnded() {
        return outbox.hasEnded();
    }

    /** Sends a frame of the endpoint's own, in its place between the others; a reader that is too slow for it must end. */
    public void send(byte[] frame) {
        if (!outbox.offer(List.of(Frame.unnumbered(frame)), SlowReaders.REPLAY)) {
            end(CloseReason.SLOW);
        }
    }

    /** Sends a notice, in its place between the events. */
    public void notify(Notice notice) {
        send(wire.notice(notice));
    }

    /**
     * Sends a frame that clients need not notice, unless the reader is far behind; before it, what a slow reader did not get. Nothing before the connection is
     * open: the first frame is the endpoint's greeting.
     */
    void heartbeat(Optional<EventId> last) {
        if (!outbox.hasOpened()) {
            return;
        }
        outbox.lag().ifPresent(this::notify);
        outbox.offer(List.of(Frame.unnumbered(wire.heartbeat(last))), SlowReaders.LIVE);
    }

    /** Ends the connection. */
    public void end(CloseReason reason) {
        outbox.end(reason);
    }

    /** Ends the connection after what waits, and says why; at once if it is not open yet. */
    public void finish(CloseReason reason) {
        outbox.finish(Optional.of(Frame.unnumbered(wire.notice(Notice.closing(reason)))), reason);
    }

    /** Ends the connection after what waits, without a word. */
    public void endAfterwards(CloseReason reason) {
        outbox.finish(Optional.empty(), reason);
    }

    /** Ends the connection because its peer was seen to be gone; harmless when it has ended already. */
    public void peerIsGone() {
        end(CloseReason.GONE);
    }

    /** The caller has a fresh token. */
    synchronized void renew(Caller fresh) {
        caller = fresh;
        warned = false;
    }

    /** The caller is another one by now: it has other roles. */
    synchronized void become(Caller other) {
        caller = other;
    }

    /** Says that the caller's token ends soon; once for each token. */
    void warnOfExpiry() {
        synchronized (this) {
            if (warned) {
                return;
            }
            warned = true;
        }
        notify(Notice.TOKEN_EXPIRING);
    }

    /** @return whether it was not told so before; guarded by {@link Degradation}, as the one below */
    boolean beginDegraded() {
        boolean first = !degraded;
        degraded = true;
        return first;
    }

    /** @return whether it was told so before */
    boolean endDegraded() {
        boolean told = degraded;
        degraded = false;
        return told;
    }

    /** What the caller may hear has changed. @return whether that is to be asked for now; otherwise it is once what is under way has ended */
    synchronized boolean beginRecheck() {
        changedAgain = rechecking;
        rechecking = true;
        return !changedAgain;
    }

    /** @return whether there was a change meanwhile */
    synchronized boolean endRecheck() {
        boolean again = changedAgain;
        rechecking = false;
        changedAgain = false;
        return again;
    }

    /** @return what this reader got, and what it did not */
    public ReaderState state() {
        return outbox.state();
    }

    Wire wire() {
        return wire;
    }

    Outbox outbox() {
        return outbox;
    }

    OutboxLimits limits() {
        return limits;
    }

    /** @return whether its connection has ended */
    public boolean hasLeft() {
        return left;
    }

    /** Guarded by the hub, as the two below. */
    void leave() {
        left = true;
        subscriptions = List.of();
    }

    void add(Subscription subscription) {
        List<Subscription> more = new ArrayList<>(subscriptions.size() + 1);
        more.addAll(subscriptions);
        more.add(subscription);
        subscriptions = List.copyOf(more);
    }

    void remove(Subscription subscription) {
        subscriptions = subscriptions.stream().filter(each -> each != subscription).toList();
    }
}
