package io.pado.run;

import java.util.Locale;

/** Where a run is. */
public enum RunState {

    /** Another run of its room is under way. */
    QUEUED,
    /** It has begun, and there is no text yet. */
    WAITING,
    /** Text comes. */
    STREAMING,
    /** The whole answer is there. */
    COMPLETED,
    /** Somebody stopped it; what was there is kept. */
    STOPPED,
    /** Something went wrong; what was there is kept. */
    FAILED;

    /** @return as frames name it */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static RunState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
