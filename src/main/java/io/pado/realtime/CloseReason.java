package io.pado.realtime;

/**
 * Why the server ends a connection.
 *
 * @param code      one word for programs
 * @param words     one sentence for people
 * @param reconnect whether coming back makes sense
 */
public record CloseReason(String code, String words, boolean reconnect) {

    /** The peer is gone; nobody is left to tell. */
    public static final CloseReason GONE = new CloseReason("gone", "The peer closed the connection.", true);

    /** The application wants no more of it. */
    public static final CloseReason ENDED = new CloseReason("ended", "The application ended this stream.", false);

    /** The reader did not keep up. */
    public static final CloseReason SLOW =
            new CloseReason("slow", "You read too slowly; reconnect, and what you missed is replayed.", true);

    /** This node stops. */
    public static final CloseReason STOPPING = new CloseReason("stopping", "This server stops; reconnect.", true);
}
