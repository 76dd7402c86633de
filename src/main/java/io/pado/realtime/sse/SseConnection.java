package io.pado.realtime.sse;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import java.io.IOException;

/** One open stream; what carries it is known once its request has been answered. */
final class SseConnection implements Connection {

    // Guarded by this.
    private Runnable onClose;
    private Transport transport;
    private boolean closed;

    /** Sets what runs once, when the stream ends; must be called before others know this connection. */
    synchronized void onClose(Runnable task) {
        onClose = task;
    }

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

    @Override
    public void write(byte[] bytes) throws IOException {
        carrier().write(bytes);
    }

    @Override
    public void close(CloseReason reason) {
        Runnable leaving;
        Transport closing;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            leaving = onClose;
            closing = transport;
        }
        leaving.run();
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
