package io.pado.realtime.websocket;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import io.pado.realtime.stream.BareConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One WebSocket, after its handshake. Frames are whole and already encoded, so those that wait together go out in one write. A client that
 * is ended for what it sends is read for a while longer: closing at once would reset the connection, and take the close frame with it.
 */
final class WebSocketConnection implements Connection {

    private static final int GOING_AWAY = 1001;
    private static final byte[] NOTHING = {};
    private static final long LINGER_SECONDS = 2;
    /**
     * RFC 6455, section 7.4.1, and IANA's registry: 1008 is a broken policy, 1011 a fault of the server, 1012 a restart, 1013 "try again
     * later".
     */
    private static final Map<CloseReason, Integer> CODES = Map.of(
            CloseReason.STOPPING, 1012,
            CloseReason.SLOW, 1013,
            CloseReason.FAULT, 1011,
            CloseReason.FLOODING, 1008,
            CloseReason.EXPIRED, 1008,
            CloseReason.LOGGED_OUT, 1008,
            CloseReason.RIGHTS_CHANGED, 1008,
            CloseReason.ENDED, 1000);

    private final ScheduledExecutorService timer;
    private final Executor writers;
    private volatile byte[] lastWords;
    private volatile boolean lingers;

    // Guarded by this.
    private BareConnection connection;
    private CloseReason closed;

    WebSocketConnection(ScheduledExecutorService timer, Executor writers) {
        this.timer = timer;
        this.writers = writers;
    }

    /** Sets what carries it, once that is open; closes it at once if it has ended meanwhile. */
    void carriedBy(BareConnection given) {
        CloseReason ended;
        synchronized (this) {
            connection = given;
            ended = closed;
        }
        if (ended != null) {
            close(given, ended);
        }
    }

    @Override
    public boolean write(List<byte[]> frames, Runnable later) throws IOException {
        return carrier().write(frames, later);
    }

    @Override
    public void close(CloseReason reason) {
        BareConnection open;
        synchronized (this) {
            closed = reason;
            open = connection;
        }
        if (open != null) {
            close(open, reason);
        }
    }

    private synchronized BareConnection carrier() {
        return connection;
    }

    /** Says, unless something was said before, why in a close frame; a peer that is gone is told nothing. */
    private void close(BareConnection open, CloseReason reason) {
        byte[] said = lastWords != null ? lastWords : Frames.close(CODES.getOrDefault(reason, GOING_AWAY), reason.code());
        if (lingers || reason.equals(CloseReason.FLOODING)) {
            closeLater(open, said);
        } else {
            open.close(said);
        }
    }

    private void closeLater(BareConnection open, byte[] said) {
        try {
            open.write(List.of(said), () -> { });
            timer.schedule(() -> writers.execute(() -> open.close(NOTHING)), LINGER_SECONDS, TimeUnit.SECONDS);
        } catch (IOException peerIsGone) {
            open.close(NOTHING);
        }
    }

    /** What {@link #close} is to say. @param faulty whether the client may be in the middle of sending more */
    void sayLast(int code, String words, boolean faulty) {
        lastWords = Frames.close(code, words);
        lingers = faulty;
    }
}
