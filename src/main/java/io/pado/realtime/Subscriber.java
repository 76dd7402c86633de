package io.pado.realtime;

import io.pado.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * One listener of some topics on this node. While it joins, what is published is held back; once it has what it missed, the held
 * back follows, without what was in the missed part, and from then on everything goes straight to the {@link Outbox}.
 * Thread-safe; delivering never blocks.
 */
public final class Subscriber {

    private final String id;
    private volatile Caller caller;
    private final Set<Topic> topics;
    private final Wire wire;
    private final Connection connection;
    private final Outbox outbox;
    private final OutboxLimits limits;

    // Guarded by this. Null once live.
    private List<Held> held = new ArrayList<>(2);
    private long floor = -1;
    private boolean warned;

    /**
     * @param id         unique name of the connection
     * @param caller     who listens
     * @param topics     what it listens to; the caller's right to read them has been checked
     * @param wire       how its frames look
     * @param connection where they go
     * @param writers    whose threads may wait for a slow peer
     * @param limits     how much may wait for this reader
     */
    public Subscriber(String id, Caller caller, Set<Topic> topics, Wire wire, Connection connection, Executor writers,
            OutboxLimits limits) {
        this.id = id;
        this.caller = caller;
        this.topics = Set.copyOf(topics);
        this.wire = wire;
        this.connection = connection;
        this.limits = limits;
        this.outbox = new Outbox(connection, writers, limits);
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
    public Set<Topic> topics() {
        return topics;
    }

    /** Sends a frame that clients do not notice, unless the reader is joining or behind. */
    public void heartbeat() {
        synchronized (this) {
            if (held != null) {
                return;
            }
        }
        outbox.offer(List.of(Frame.unnumbered(wire.heartbeat())), Continuity.LIVE);
    }

    /** Sends a notice, in its place between the events. */
    public void notify(Notice notice) {
        deliver(List.of(Frame.unnumbered(wire.notice(notice))), Continuity.REPLAY);
    }

    /** Ends the connection. */
    public void end(CloseReason reason) {
        outbox.end(reason);
    }

    /** Ends the connection after what waits, and says why; at once if the subscriber is still joining. */
    public void finish(CloseReason reason) {
        synchronized (this) {
            if (held == null) {
                outbox.finish(Frame.unnumbered(wire.notice(Notice.closing(reason))), reason);
                return;
            }
        }
        end(reason);
    }

    /** The caller has a fresh token. */
    synchronized void renew(Caller fresh) {
        caller = fresh;
        warned = false;
    }

    /** Says that the caller's token ends soon; once for each token. */
    void warnOfExpiry() {
        synchronized (this) {
            if (warned || held != null) {
                return;
            }
            warned = true;
        }
        notify(Notice.TOKEN_EXPIRING);
    }

    /** Ends the connection because its peer was seen to be gone; harmless when it has ended already. */
    public void peerIsGone() {
        end(CloseReason.GONE);
    }

    Wire wire() {
        return wire;
    }

    Connection connection() {
        return connection;
    }

    /** @param frames in the order of the log */
    void deliver(List<Frame> frames, Continuity continuity) {
        boolean kept;
        synchronized (this) {
            kept = held != null ? hold(frames, continuity) : outbox.offer(news(frames), continuity);
        }
        if (!kept) {
            end(CloseReason.SLOW);
        }
    }

    /** From now on events go straight out; of those held back, the ones after {@code reached} go first. */
    synchronized void goLive(long reached) {
        List<Held> waiting = held;
        held = null;
        floor = reached;
        waiting.forEach(h -> deliver(List.of(h.frame()), h.continuity()));
    }

    /** The log began anew: its numbers are no longer comparable with those before. */
    synchronized void forgetPosition() {
        floor = -1;
    }

    private List<Frame> news(List<Frame> frames) {
        return frames.get(0).sequence() > floor ? frames : frames.stream().filter(f -> f.sequence() > floor).toList();
    }

    private boolean hold(List<Frame> frames, Continuity continuity) {
        if (held.size() + frames.size() > limits.frames()) {
            return continuity == Continuity.LIVE;
        }
        frames.forEach(frame -> held.add(new Held(frame, continuity)));
        return true;
    }

    private record Held(Frame frame, Continuity continuity) {
    }
}
