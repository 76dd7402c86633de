package io.pado.realtime.policy;

/** What a topic does for a reader that comes late or reads slowly. */
public enum SlowReaders {

    /** Every event counts: a reader that falls too far behind is disconnected as {@code slow}, comes back and replays. */
    REPLAY,

    /** Only the newest event of a key counts: while a reader is behind, newer ones take the place of older ones. */
    LATEST,

    /** Only now counts: what a slow reader cannot take is dropped. */
    LIVE
}
