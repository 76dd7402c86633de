package io.pado.bench;

import java.io.IOException;

/** What follows the head of the answer on one connection: takes off the transport's framing. One thread. */
interface Body {
    /** The bytes {@code bytes[from, to)}, cut anywhere; fails when the framing is broken or the stream has ended. */
    void feed(byte[] bytes, int from, int to) throws IOException;
}
