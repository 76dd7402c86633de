package io.pado.realtime;

/**
 * The bytes of one event for one wire, shared by all its subscribers.
 *
 * @param bytes    complete frame; never changed
 * @param sequence the event's place in the log, {@link #UNNUMBERED} for what is not in the log
 * @param key      topic and key of the event, by which a newer one may take its place; empty if none may
 * @param last     whether the stream is over after it
 */
record Frame(byte[] bytes, long sequence, String key, boolean last) {

    /** Of notices and heartbeats: newer than any event. */
    static final long UNNUMBERED = Long.MAX_VALUE;

    static Frame of(Envelope envelope, Wire wire) {
        String key = envelope.key().isEmpty() ? "" : envelope.topic().name() + '\n' + envelope.key();
        return new Frame(wire.event(envelope), envelope.id().sequence(), key, wire.ends(envelope));
    }

    static Frame unnumbered(byte[] bytes) {
        return new Frame(bytes, UNNUMBERED, "", false);
    }
}
