package io.pado.realtime.sse;

import java.io.IOException;
import java.util.List;

/** What carries the bytes of one open stream. Only one thread at a time writes or closes. */
interface Transport {

    /**
     * Sends frames, in one write if it can; blocks while the peer does not read.
     *
     * @param chunks as an {@link SseWire} makes them; what is not sent in chunks is sent without their heads and ends
     * @throws IOException if the peer is gone or did not read in time
     */
    void write(List<byte[]> chunks) throws IOException;

    /** Ends the response, in good order if the peer still listens. */
    void close();
}
