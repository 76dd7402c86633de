package io.pado.realtime.sse;

import io.pado.realtime.stream.BareConnection;
import java.io.IOException;
import java.util.List;

/**
 * Carries a stream by the bare connection, which the container gives away after the head and the first event of the response. The peer
 * sees one ordinary response.
 */
final class BareTransport implements Transport {

    private static final byte[] NOTHING = {};

    private final BareConnection connection;
    private final boolean chunked;

    /** @param chunked whether the response's head promised chunks */
    BareTransport(BareConnection connection, boolean chunked) {
        this.connection = connection;
        this.chunked = chunked;
    }

    @Override
    public boolean write(List<byte[]> chunks, Runnable later) throws IOException {
        return connection.write(chunked ? chunks : chunks.stream().map(Chunk::content).toList(), later);
    }

    @Override
    public void close() {
        connection.close(chunked ? Chunk.LAST : NOTHING);
    }
}
