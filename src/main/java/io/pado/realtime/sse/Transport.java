package io.pado.realtime.sse;

import io.pado.realtime.Connection;
import java.io.IOException;
import java.util.List;

/** What carries the bytes of one open stream. Only one thread at a time writes or closes. */
interface Transport {

    /**
     * Sends frames, as {@link Connection#write} does.
     *
     * @param chunks as an {@link SseWire} makes them; what is not sent in chunks is sent without their heads and ends
     */
    boolean write(List<byte[]> chunks, Runnable later) throws IOException;

    /** Ends the response, in good order if the peer still listens. */
    void close();
}
