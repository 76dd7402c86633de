package io.pado.bench;

import java.io.IOException;

/** One connection that publishes: the way a server under test is given an event. One thread. */
interface Publisher extends AutoCloseable {
    /** Publishes one JSON text and returns when the other side has taken it; false if it says that nobody listens. */
    boolean publish(byte[] json) throws IOException;

    @Override
    void close() throws IOException;
}
