package io.pado.realtime.sse.carrier;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import io.pado.realtime.Frame;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A stream in the response of its request, kept open by asynchronous processing. Works in every container; in Liberty a write that the peer
 * does not take blocks until the listener's {@code writeTimeout}.
 */
final class ResponseStream implements Connection {

    private static final Logger LOG = Logger.getLogger(ResponseStream.class.getName());

    private final ServletOutputStream output;
    private final AutoCloseable end;

    /** @param end ends the asynchronous processing */
    ResponseStream(ServletOutputStream output, AutoCloseable end) {
        this.output = output;
        this.end = end;
    }

    @Override
    public boolean write(List<Frame> frames, Runnable later) throws IOException {
        try {
            for (Frame frame : frames) {
                output.write(frame.bytes());
            }
            output.flush();
            return true;
        } catch (RuntimeException ended) {
            // The container speaks of a response that is no more in several kinds of unchecked exceptions.
            throw new IOException("The response has ended", ended);
        }
    }

    @Override
    public void close(CloseReason reason) {
        try {
            end.close();
        } catch (Exception ended) {
            LOG.log(Level.FINE, "The response had ended before it was closed", ended);
        }
    }
}
