package io.pado.realtime.hub.outbox;

import java.util.concurrent.atomic.LongAdder;

/**
 * How much may wait for one reader, and for all readers of this node together. Thread-safe.
 *
 * @param frames  at most this many frames for one
 * @param bytes   at most this many bytes for one
 * @param total   at most this many bytes for all; above it those end of whom more than a fair share waits
 * @param waiting what waits for all now, bytes; a frame counts once for each reader, though they share it
 */
public record OutboxLimits(int frames, int bytes, long total, LongAdder waiting) {

    /** Nobody of whom less than this waits has to end because of the others. */
    private static final int FAIR_SHARE = 64 * 1024;

    /** Above this share of a limit a reader counts as behind, and frames of LATEST topics begin to replace each other. */
    boolean behind(int frameCount, int byteCount) {
        return frameCount > frames / 2 || byteCount > bytes / 2;
    }

    boolean exceeded(int frameCount, int byteCount) {
        return frameCount > frames || byteCount > bytes || byteCount > FAIR_SHARE && waiting.sum() > total;
    }

    /** Counts what has begun to wait, or, if negative, does so no more. */
    void count(int more) {
        waiting.add(more);
    }
}
