package io.pado.realtime;

import java.util.Optional;

/**
 * Turns events into the bytes of one protocol, which several endpoints may speak. Stateless and thread-safe: what it gives for one event is made once and
 * shared by all subscribers of the wire, and nobody changes it.
 */
public interface Wire {

    /** @return the frame of an event, with its id, without what a protocol puts around it: an event of SSE, the text of a message */
    byte[] event(Envelope envelope);

    /** @return whether a stream of this wire is over once its reader has this event: it is sent, and then the stream closes in order */
    default boolean ends(Envelope envelope) {
        return false;
    }

    /** @return the same of a notice */
    byte[] notice(Notice notice);

    /**
     * @param last the last event that the reader was given live and must have by now; nothing if there is none
     * @return a frame that clients need not notice
     */
    byte[] heartbeat(Optional<EventId> last);
}
