package io.pado.bench;

/**
 * Hears of the messages of one stream, whatever carried them: their data in one or more pieces, each of which is cut
 * where the sender cut it (a line, a frame's message), and then their end.
 */
interface Messages {
    /** The piece {@code bytes[from, to)}. Must not keep the array. */
    void data(byte[] bytes, int from, int to);

    /** The message is complete. */
    void end();
}
