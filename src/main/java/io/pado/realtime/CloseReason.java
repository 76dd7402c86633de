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

    /** The stream has told all there is. */
    public static final CloseReason COMPLETED = new CloseReason("completed", "This stream has told everything.", false);

    /** What the reader may hear or has missed cannot be found out right now. */
    public static final CloseReason UNAVAILABLE =
            new CloseReason("unavailable", "What you missed cannot be read right now; reconnect.", true);

    /** The reader did not keep up. */
    public static final CloseReason SLOW =
            new CloseReason("slow", "You read too slowly; reconnect, and what you missed is replayed.", true);

    /** The caller's token has ended and no fresh one came. */
    public static final CloseReason EXPIRED =
            new CloseReason("token-expired", "Your token has ended; reconnect with a fresh one.", true);

    /** The caller logged out, or was logged out. */
    public static final CloseReason LOGGED_OUT = new CloseReason("logged-out", "Your login has ended; log in again.", false);

    /** The caller's fresh token gives fewer rights. */
    public static final CloseReason RIGHTS_CHANGED =
            new CloseReason("rights-changed", "You may not read all of this any more; reconnect for the rest.", true);

    /** The client asked for too much. */
    public static final CloseReason FLOODING = new CloseReason("flooding", "You sent too many messages; send fewer.", true);

    /** A fault of this server, which its log tells. */
    public static final CloseReason FAULT = new CloseReason("fault", "This server failed while it wrote to you; reconnect.", true);

    /** This node stops. */
    public static final CloseReason STOPPING = new CloseReason("stopping", "This server stops; reconnect.", true);
}
