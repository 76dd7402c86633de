package io.pado.realtime.websocket;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import io.pado.realtime.Frame;
import io.pado.realtime.carrier.BareConnection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket whose connection has left HTTP after its handshake. Messages are framed once for all readers, and those that wait together go out in
 * one write. A client that is ended for what it sends is read for a while longer: closing at once would reset the connection, and take the close
 * frame with it.
 */
final class BareWebSocket implements Connection {

    private static final byte[] NOTHING = {};
    private static final long LINGER_SECONDS = 2;

    private final BareConnection connection;
    private final ScheduledExecutorService timer;
    private final Executor writers;
    private volatile byte[] lastWords;
    private volatile boolean lingers;

    BareWebSocket(BareConnection connection, ScheduledExecutorService timer, Executor writers) {
        this.connection = connection;
        this.timer = timer;
        this.writers = writers;
    }

    @Override
    public boolean write(List<Frame> frames, Runnable later) throws IOException {
        return connection.write(frames, Frames::framed, later);
    }

    /** Says, unless something was said before, why in a close frame; a peer that is gone is told nothing. */
    @Override
    public void close(CloseReason reason) {
        byte[] said = lastWords != null ? lastWords : Frames.close(CloseCodes.of(reason), reason.code());
        if (lingers || reason.equals(CloseReason.FLOODING)) {
            closeLater(said);
        } else {
            connection.close(said);
        }
    }

    private void closeLater(byte[] said) {
        try {
            write(List.of(Frame.unnumbered(said)), () -> { });
            timer.schedule(() -> writers.execute(() -> connection.close(NOTHING)), LINGER_SECONDS, TimeUnit.SECONDS);
        } catch (IOException peerIsGone) {
            connection.close(NOTHING);
        }
    }

    /** @return address of the client */
    String address() {
        return connection.address();
    }

    /** @return whether nothing that the client has said waits to be heard */
    boolean isHeard() {
        return connection.isHeard();
    }

    /** What {@link #close} is to say. @param faulty whether the client may be in the middle of sending more */
    void sayLast(int code, String words, boolean faulty) {
        lastWords = Frames.close(code, words);
        lingers = faulty;
    }
}
