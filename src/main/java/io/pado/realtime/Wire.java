package io.pado.realtime;

/**
 * Turns events into one endpoint's bytes. Stateless and thread-safe: what it gives for one event is made once and shared by all
 * subscribers of the wire, and nobody changes it.
 */
public interface Wire {

    /** @return the complete frame of an event, with its id */
    byte[] event(Envelope envelope);

    /** @return the complete frame of a notice */
    byte[] notice(Notice notice);

    /** @return a frame that clients do not notice */
    byte[] heartbeat();
}
