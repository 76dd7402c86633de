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

    @Override
    public void write(List<byte[]> frames) throws IOException {
        carrier().write(frames.size() == 1 ? frames.get(0) : joined(frames));
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

    private static byte[] joined(List<byte[]> frames) {
        byte[] joined = new byte[frames.stream().mapToInt(frame -> frame.length).sum()];
        int at = 0;
        for (byte[] frame : frames) {
            System.arraycopy(frame, 0, joined, at, frame.length);
            at += frame.length;
        }
        return joined;
    }

    private synchronized Transport carrier() throws IOException {
        if (transport == null) {
            throw new IOException("The stream is not open yet");
        }
        return transport;
    }
}
