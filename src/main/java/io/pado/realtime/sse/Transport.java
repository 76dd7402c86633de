package io.pado.realtime.sse;

import java.io.IOException;
import java.util.List;

/** What carries the bytes of one open stream. Only one thread at a time writes or closes. */
interface Transport {

    /**
     * Sends frames, in one write if it can; blocks while the peer does not read.
     *
     * @throws IOException if the peer is gone or did not read in time
     */
    void write(List<byte[]> frames) throws IOException;

    /** Ends the response, in good order if the peer still listens. */
    void close();
}
