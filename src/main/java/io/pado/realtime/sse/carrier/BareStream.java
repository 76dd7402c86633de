package io.pado.realtime.sse.carrier;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import io.pado.realtime.Frame;
import io.pado.realtime.carrier.BareConnection;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A stream whose connection has left HTTP after the head and the first event of the response. The peer sees one ordinary response, in chunks
 * from its head to its last one.
 */
final class BareStream implements Connection {

    private static final byte[] NOTHING = {};

    private final BareConnection connection;
    private final UnaryOperator<byte[]> framing;
    private final byte[] end;

    /** @param chunked whether the response's head promised chunks */
    BareStream(BareConnection connection, boolean chunked) {
        this.connection = connection;
        this.framing = chunked ? Chunk::of : UnaryOperator.identity();
        this.end = chunked ? Chunk.LAST : NOTHING;
    }

    @Override
    public boolean write(List<Frame> frames, Runnable later) throws IOException {
        return connection.write(frames, framing, later);
    }

    @Override
    public void close(CloseReason reason) {
        connection.close(end);
    }
}
