package io.pado.realtime;

import java.io.IOException;

/** The transport below one subscriber. Only one thread at a time writes. */
public interface Connection {

    /**
     * Hands bytes to the peer; blocks while the peer does not read.
     *
     * @throws IOException if the peer is gone or did not read within the transport's deadline
     */
    void write(byte[] bytes) throws IOException;

    /** Ends the connection; harmless when it has ended already. */
    void close(CloseReason reason);
}
