package io.pado.realtime.sse;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import jakarta.servlet.ServletOutputStream;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The transport of one open stream: bytes go straight to the response, the JAX-RS sink ends it. The container writes on the
 * caller's thread and blocks while the peer does not read, until the listener's {@code writeTimeout}.
 */
final class SseConnection implements Connection {

    private static final Logger LOG = Logger.getLogger(SseConnection.class.getName());

    private final SseEventSink sink;
    private final ServletOutputStream output;
    private final Runnable onClose;

    /** @param onClose runs once, after the stream has ended */
    SseConnection(SseEventSink sink, ServletOutputStream output, Runnable onClose) {
        this.sink = sink;
        this.output = output;
        this.onClose = onClose;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        try {
            output.write(bytes);
            output.flush();
        } catch (RuntimeException ended) {
            // The container speaks of a response that is no more in several kinds of unchecked exceptions.
            throw new IOException("The response has ended", ended);
        }
    }

    @Override
    public void close(CloseReason reason) {
        onClose.run();
        try {
            sink.close();
        } catch (IOException | RuntimeException ended) {
            LOG.log(Level.FINE, "The response had ended before it was closed", ended);
        }
    }
}
