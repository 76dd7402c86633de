package io.pado.realtime.sse;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import java.io.IOException;
import java.util.List;

/** One open stream; what carries it is known once its request has been answered. */
final class SseConnection implements Connection {

    // Guarded by this.
    private Transport transport;
    private boolean closed;

    /** Sets what carries the stream; closes it at once if the stream has ended meanwhile. */
    void carriedBy(Transport given) {
        synchronized (this) {
            transport = given;
            if (!closed) {
                return;
            }
        }
        given.close();
    }

    synchronized boolean isCarried() {
        return transport != null;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public boolean write(List<byte[]> frames, Runnable later) throws IOException {
        return carrier().write(frames, later);
    }

    @Override
    public void close(CloseReason reason) {
        Transport closing;
        synchronized (this) {
            closed = true;
            closing = transport;
        }
        if (closing != null) {
            closing.close();
        }
    }

    private synchronized Transport carrier() throws IOException {
        if (transport == null) {
            throw new IOException("The stream is not open yet");
        }
        return transport;
    }
}
