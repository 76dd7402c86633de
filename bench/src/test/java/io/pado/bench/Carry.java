package io.pado.bench;

import java.util.Arrays;

/** Bytes that wait for the rest of a line or a message: grows as needed, keeps its room when emptied. One thread. */
final class Carry {
    private static final byte[] NOTHING = new byte[0];
    private static final int SMALLEST = 256;

    private byte[] bytes = NOTHING;
    private int length;

    /** Adds {@code from[start, end)} at the end. */
    void add(byte[] from, int start, int end) {
        int more = end - start;
        if (more == 0) {
            return;
        }
        if (bytes.length < length + more) {
            bytes = Arrays.copyOf(bytes, Math.max(SMALLEST, 2 * (length + more)));
        }
        System.arraycopy(from, start, bytes, length, more);
        length += more;
    }

    int length() {
        return length;
    }

    /** What was added, from 0 to {@link #length()}; valid until something is added. */
    byte[] bytes() {
        return bytes;
    }

    void clear() {
        length = 0;
    }
}
