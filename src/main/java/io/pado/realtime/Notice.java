package io.pado.realtime;

/**
 * What the server itself has to say on a stream, outside of any topic and without an id.
 *
 * @param type   {@code reset}, {@code degraded}, {@code recovered}
 * @param reason one word for programs
 * @param detail one sentence for people
 */
public record Notice(String type, String reason, String detail) {

    /** The history does not reach back to the reader's last event. */
    public static final Notice HISTORY_GONE = reset("history",
            "Events after your last one are no longer kept. Fetch the current state again.");

    /** The reader's last id is none of this log. */
    public static final Notice UNKNOWN_ID = reset("unknown-id",
            "Your last event id is not known here. Fetch the current state again.");

    /** The log was lost and begins anew. */
    public static final Notice NEW_EPOCH = reset("epoch",
            "The event log was started anew. Fetch the current state again.");

    /** Nodes cannot hear each other. */
    public static final Notice DEGRADED = new Notice("degraded", "feed-lost",
            "Live updates are interrupted; everything missed follows when they are back.");

    /** Nodes hear each other again, and everything missed has been sent. */
    public static final Notice RECOVERED = new Notice("recovered", "feed-restored", "Live updates are back; nothing was missed.");

    private static Notice reset(String reason, String detail) {
        return new Notice("reset", reason, detail);
    }
}
