package io.pado.realtime;

/**
 * How much may wait for one reader.
 *
 * @param frames at most this many frames
 * @param bytes  at most this many bytes
 */
public record OutboxLimits(int frames, int bytes) {

    /** Above this share of a limit a reader counts as behind, and frames of LATEST topics begin to replace each other. */
    boolean behind(int frameCount, int byteCount) {
        return frameCount > frames / 2 || byteCount > bytes / 2;
    }

    boolean exceeded(int frameCount, int byteCount) {
        return frameCount > frames || byteCount > bytes;
    }
}
