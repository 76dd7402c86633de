package io.pado.realtime;

import java.util.function.UnaryOperator;

/** The bytes of one event for one wire, shared by all its subscribers. Thread-safe. */
public final class Frame {

    /** Of notices and heartbeats: newer than any event. */
    public static final long UNNUMBERED = Long.MAX_VALUE;

    private final byte[] bytes;
    private final long sequence;
    private final String key;
    private final boolean last;
    private volatile byte[] framed;

    /**
     * @param bytes    as the wire made them; never changed
     * @param sequence the event's place in the log, {@link #UNNUMBERED} for what is not in the log
     * @param key      topic and key of the event, by which a newer one may take its place; empty if none may
     * @param last     whether the stream is over after it
     */
    public Frame(byte[] bytes, long sequence, String key, boolean last) {
        this.bytes = bytes;
        this.sequence = sequence;
        this.key = key;
        this.last = last;
    }

    public static Frame of(Envelope envelope, Wire wire) {
        String key = envelope.key().isEmpty() ? "" : envelope.topic().name() + '\n' + envelope.key();
        return new Frame(wire.event(envelope), envelope.id().sequence(), key, wire.ends(envelope));
    }

    /** @return a frame of what is not in the log */
    public static Frame unnumbered(byte[] bytes) {
        return new Frame(bytes, UNNUMBERED, "", false);
    }

    /** @return as the wire made them; never changed */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * What its protocol puts around it, made once for all readers.
     *
     * @param framing the same for all connections of a wire
     * @return never changed
     */
    public byte[] framed(UnaryOperator<byte[]> framing) {
        if (framed == null) {
            framed = framing.apply(bytes);
        }
        return framed;
    }

    public long sequence() {
        return sequence;
    }

    public String key() {
        return key;
    }

    public boolean last() {
        return last;
    }
}
