package io.pado.realtime;

import java.io.IOException;
import java.util.List;

/** What carries the frames of one subscriber to its peer, from when it is open. Only one thread at a time writes. */
public interface Connection {

    /**
     * Hands frames to the peer, in one go where the transport can. If the peer does not take all of them at once a transport either blocks,
     * or lets the rest follow by itself while the peer reads.
     *
     * @param frames one or more
     * @param later  runs once, on any thread, when the rest has followed or never will; must not block
     * @return whether all was handed over; if not nothing more may be written, nor the connection closed, until {@code later} has run
     * @throws IOException if the peer is gone or did not read within the transport's deadline
     */
    boolean write(List<Frame> frames, Runnable later) throws IOException;

    /** Ends the connection; harmless when it has ended already. */
    void close(CloseReason reason);
}
