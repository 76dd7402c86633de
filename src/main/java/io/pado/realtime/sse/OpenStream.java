package io.pado.realtime.sse;

import io.pado.identity.Caller;
import io.pado.realtime.CloseReason;
import io.pado.realtime.EventId;
import io.pado.realtime.Topic;
import io.pado.realtime.hub.AudienceChanges;
import io.pado.realtime.hub.Join;
import io.pado.realtime.hub.Subscriber;
import java.util.Set;

/** A feature's hand on one of its streams, from its greeting on. Thread-safe; nothing here blocks. */
public final class OpenStream {

    private final Subscriber subscriber;
    private final Join join;
    private final AudienceChanges changes;

    OpenStream(Subscriber subscriber, Join join, AudienceChanges changes) {
        this.subscriber = subscriber;
        this.join = join;
        this.changes = changes;
    }

    /** @return the connection's unique name, by which its token can be renewed */
    public String id() {
        return subscriber.id();
    }

    /** @return who listens, by the latest token */
    public Caller caller() {
        return subscriber.caller();
    }

    /** @return the place from which the stream goes on; a reader that comes back with it misses nothing */
    public EventId place() {
        return join.start();
    }

    /** @return whether the reader goes on where it was, with nothing lost in between; false for a fresh start */
    public boolean recovered() {
        return join.recovered();
    }

    /** @return the topics of which events between the reader's place and now are no longer kept */
    public Set<Topic> gaps() {
        return join.gaps();
    }

    /** @return what it began to listen to */
    public Set<Topic> topics() {
        return join.subscription().topics();
    }

    /** @return whether it has ended, though that may not be told yet */
    public boolean hasEnded() {
        return subscriber.hasLeft();
    }

    Join join() {
        return join;
    }

    /** Sends something of the endpoint's own, in its place between the events; it is not replayed. A reader that is too slow for it ends. */
    public void send(SseFrame frame) {
        subscriber.send(frame.bytes());
    }

    /**
     * Asks the stream's audience soon, on another thread. No event is sent meanwhile: what the audience reads from a store then and sends comes after all
     * events that were sent before, and before all that follow.
     */
    public void askAgain() {
        changes.recheck(subscriber);
    }

    /** Ends the stream after what waits, without a last word. */
    public void end() {
        subscriber.endAfterwards(CloseReason.COMPLETED);
    }

    /** Ends the stream after what waits, and says why as the stream's wire does. */
    public void end(CloseReason reason) {
        subscriber.finish(reason);
    }
}
