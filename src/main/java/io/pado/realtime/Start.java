package io.pado.realtime;

/**
 * Where a reader begins to hear topics.
 *
 * @param kind        which of the three ways
 * @param lastEventId what the reader had last, as it said; empty for the other ways
 */
public record Start(Kind kind, String lastEventId) {

    /** With what is published from now on. */
    public static final Start NOW = new Start(Kind.NOW, "");

    /** With the oldest event that is kept of each topic. */
    public static final Start EARLIEST = new Start(Kind.EARLIEST, "");

    /** The ways to begin. */
    public enum Kind { NOW, AFTER, EARLIEST }

    /**
     * After an event.
     *
     * @param lastEventId as a client sent it; whatever is no id of this log is answered by a {@code reset}. Empty for {@link #NOW}
     */
    public static Start after(String lastEventId) {
        return lastEventId.isEmpty() ? NOW : new Start(Kind.AFTER, lastEventId);
    }

    /** After a place of the log. */
    public static Start after(EventId place) {
        return new Start(Kind.AFTER, place.toString());
    }
}
