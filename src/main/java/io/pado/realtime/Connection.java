package io.pado.realtime;

import java.io.IOException;
import java.util.List;

/** The transport below one subscriber. Only one thread at a time writes. */
public interface Connection {

    /**
     * Hands frames to the peer, in one go where the transport can; blocks while the peer does not read.
     *
     * @param frames one or more, never changed by anybody
     * @throws IOException if the peer is gone or did not read within the transport's deadline
     */
    void write(List<byte[]> frames) throws IOException;

    /** Ends the connection; harmless when it has ended already. */
    void close(CloseReason reason);
}
