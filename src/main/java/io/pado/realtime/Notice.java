package io.pado.realtime;

import java.util.Map;
import java.util.Set;

/**
 * What the server itself has to say on a stream, outside of any topic and without an id.
 *
 * @param type   {@code reset}, {@code degraded}, {@code recovered}, {@code lagged}, {@code rights_lost}, {@code token_expiring}, {@code closing}
 * @param reason one word for programs
 * @param detail one sentence for people
 * @param topics which it concerns; empty for all
 * @param counts how many of what, in words for programs; empty for most
 */
public record Notice(String type, String reason, String detail, Set<Topic> topics, Map<String, Integer> counts) {

    /** The history does not reach back to the reader's last event. */
    public static final Notice HISTORY_GONE = reset("history",
            "Events after your last one are no longer kept. Fetch the current state again.");

    /** The reader's last id is none of this log. */
    public static final Notice UNKNOWN_ID = reset("unknown-id",
            "Your last event id is not known here. Fetch the current state again.");

    /** The log was lost and begins anew. */
    public static final Notice NEW_EPOCH = reset("epoch",
            "The event log was started anew. Fetch the current state again.");

    /** A wire fails at an event. */
    public static final Notice UNTOLD = reset("fault",
            "This server failed to tell you an event; what follows comes. Fetch the current state again.");

    /** Nodes cannot hear each other. */
    public static final Notice DEGRADED = of("degraded", "feed-lost",
            "Live updates are interrupted; everything missed follows when they are back.");

    /** The log takes no events for now. */
    public static final Notice LOG_REFUSES = of("degraded", "log-refuses",
            "New events wait, because the event log takes none right now; they follow when it does.");

    /** Nodes hear each other again, and everything missed has been sent. */
    public static final Notice RECOVERED = of("recovered", "feed-restored", "Live updates are back; nothing was missed.");

    /** The caller may not hear some topics any more; the stream goes on with the others. */
    public static final Notice RIGHTS_LOST = of("rights_lost", "rights", "You may not read some of these topics any more; the others go on.");

    /** The caller's token ends soon. */
    public static final Notice TOKEN_EXPIRING = of("token_expiring", "token",
            "Your token ends within 30 seconds. POST /api/auth/streams/{connectionId} with a fresh one to stay connected.");

    /** The last words on a connection. */
    public static Notice closing(CloseReason reason) {
        return of("closing", reason.code(), reason.words());
    }

    /**
     * What a slow reader did not get.
     *
     * @param dropped  events of LIVE topics
     * @param replaced events of LATEST topics, of which it got a newer one
     */
    public static Notice lagged(int dropped, int replaced) {
        return new Notice("lagged", "slow", "You read too slowly for a while; some events were dropped, or replaced by newer ones.",
                Set.of(), Map.of("dropped", dropped, "replaced", replaced));
    }

    /** @return the same, of these topics only */
    public Notice of(Set<Topic> concerned) {
        return new Notice(type, reason, detail, Set.copyOf(concerned), counts);
    }

    private static Notice reset(String reason, String detail) {
        return of("reset", reason, detail);
    }

    private static Notice of(String type, String reason, String detail) {
        return new Notice(type, reason, detail, Set.of(), Map.of());
    }
}
