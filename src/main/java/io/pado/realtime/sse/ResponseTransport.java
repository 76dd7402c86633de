package io.pado.realtime.sse;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries a stream by the container's response, kept open by asynchronous processing. Works in every container; in Liberty a
 * write that the peer does not take blocks until the listener's {@code writeTimeout}.
 */
final class ResponseTransport implements Transport {

    private static final Logger LOG = Logger.getLogger(ResponseTransport.class.getName());

    private final ServletOutputStream output;
    private final AutoCloseable end;

    /** @param end ends the asynchronous processing */
    ResponseTransport(ServletOutputStream output, AutoCloseable end) {
        this.output = output;
        this.end = end;
    }

    @Override
    public boolean write(List<byte[]> chunks, Runnable later) throws IOException {
        try {
            for (byte[] chunk : chunks) {
                output.write(Chunk.content(chunk));
            }
            output.flush();
            return true;
        } catch (RuntimeException ended) {
            // The container speaks of a response that is no more in several kinds of unchecked exceptions.
            throw new IOException("The response has ended", ended);
        }
    }

    @Override
    public void close() {
        try {
            end.close();
        } catch (Exception ended) {
            LOG.log(Level.FINE, "The response had ended before it was closed", ended);
        }
    }
}
