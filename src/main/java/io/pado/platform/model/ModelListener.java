package io.pado.platform.model;

/**
 * Hears one answer: pieces of text, then exactly one end, one call after the other, on a thread of the server that may be held for a while and
 * that has the application's context (its names and beans), but no request and no transaction. What comes meanwhile is joined to one piece. If
 * {@link #text} throws, that is logged, and the answer ends as failed ({@link ModelFailure#INTERNAL}).
 */
public interface ModelListener {

    /** @param piece the next text; not empty, never half a character */
    void text(String piece);

    /** Comes once, and nothing after it. */
    void ended(ModelOutcome outcome);
}
