package io.pado.realtime.hub;

import io.pado.realtime.Envelope;
import io.pado.realtime.Frame;
import io.pado.realtime.Notice;
import io.pado.realtime.Wire;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes frames of events. An event at which a wire fails costs its readers this event and no other: they are told that they miss something. The log
 * tells the first with its cause, and while they go on one each {@value #QUIET_SECONDS} s. Thread-safe.
 */
final class EventFrames {

    private static final Logger LOG = Logger.getLogger(EventFrames.class.getName());
    private static final int QUIET_SECONDS = 10;

    // Guarded by this.
    private long logged;
    private int count;

    /** @return the event's frame; that of a notice, which has no number, if the wire fails at the event; nothing if the event was the last of its stream */
    Optional<Frame> of(Envelope event, Wire wire) {
        try {
            return Optional.of(Frame.of(event, wire));
        } catch (RuntimeException fault) {
            log(event, wire, fault);
            return missing(event, wire);
        }
    }

    private Optional<Frame> missing(Envelope event, Wire wire) {
        try {
            return wire.ends(event) ? Optional.empty() : Optional.of(Frame.unnumbered(wire.notice(Notice.UNTOLD.of(Set.of(event.topic())))));
        } catch (RuntimeException fault) {
            log(event, wire, fault);
            return Optional.empty();
        }
    }

    /** Every reader that comes back meets the same event again. */
    private synchronized void log(Envelope event, Wire wire, RuntimeException fault) {
        count++;
        long now = System.nanoTime();
        if (logged == 0 || now - logged >= TimeUnit.SECONDS.toNanos(QUIET_SECONDS)) {
            LOG.log(Level.SEVERE, wire.getClass().getSimpleName() + " cannot tell the event " + event.id() + " of " + event.topic() + ": " + fault
                    + "; failures so far: " + count, fault);
            logged = now;
        }
    }
}
