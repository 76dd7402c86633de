package io.pado.realtime;

/**
 * Code of this node that hears a topic for as long as the node runs. It is called in the order of the log, in between the hand-outs to streams: what
 * it does for an event lies exactly between the events before and after it. It must not block.
 */
public interface Tap {

    /** An event was published. */
    void heard(Envelope event);

    /** Events may have been missed that nobody has any more: the history was too short, or the log began anew. Called before readers are told. */
    void missed();

    /** A reader of the topic begins at a place of the log that this node has not reached yet. Events up to there may still be on their way to it. */
    default void overtaken() {
    }
}
