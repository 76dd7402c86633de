package io.pado.realtime.websocket;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import io.pado.realtime.stream.BareConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One WebSocket, after its handshake. Frames are whole and already encoded, so those that wait together go out in one write. */
final class WebSocketConnection implements Connection {

    private static final int GOING_AWAY = 1001;
    /** RFC 6455, section 7.4.1, and IANA's registry: 1008 is a broken policy, 1012 a restart, 1013 "try again later". */
    private static final Map<CloseReason, Integer> CODES = Map.of(
            CloseReason.STOPPING, 1012,
            CloseReason.SLOW, 1013,
            CloseReason.FLOODING, 1008,
            CloseReason.EXPIRED, 1008,
            CloseReason.LOGGED_OUT, 1008,
            CloseReason.RIGHTS_CHANGED, 1008,
            CloseReason.ENDED, 1000);

    private volatile BareConnection connection;
    private volatile byte[] lastWords;

    /** Must be called before anything is written. */
    void carriedBy(BareConnection given) {
        connection = given;
    }

    @Override
    public void write(List<byte[]> frames) throws IOException {
        connection.write(frames.toArray(byte[][]::new));
    }

    /** Says, unless something was said before, why in a close frame; a peer that is gone is told nothing. */
    @Override
    public void close(CloseReason reason) {
        byte[] said = lastWords;
        BareConnection open = connection;
        if (open != null) {
            open.close(said != null ? said : Frames.close(CODES.getOrDefault(reason, GOING_AWAY), reason.code()));
        }
    }

    /** What {@link #close} is to say. */
    void sayLast(int code, String words) {
        lastWords = Frames.close(code, words);
    }
}
