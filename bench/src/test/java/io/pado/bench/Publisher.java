package io.pado.bench;

import java.io.IOException;
import java.util.List;

/** One connection that publishes: the way a server under test is given an event. One thread. */
interface Publisher extends AutoCloseable {
    /** How many events {@link #publish} takes at once, for when several are due. */
    int mostAtOnce();

    /**
     * Publishes JSON texts in their order and returns when the other side has taken all of them; gives the number of
     * those of which it said that nobody listens.
     */
    int publish(List<byte[]> events) throws IOException;

    @Override
    void close() throws IOException;
}
