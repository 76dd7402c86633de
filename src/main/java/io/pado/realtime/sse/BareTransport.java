package io.pado.realtime.sse;

import io.pado.realtime.stream.BareConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Carries a stream by the bare connection, which the container gives away after the head and the first event of the response. The peer
 * sees one ordinary response; over HTTP/1.1 its chunks (RFC 9112, section 7.1) are made here.
 */
final class BareTransport implements Transport {

    private static final byte[] NOTHING = {};
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private final BareConnection connection;
    private final boolean chunked;

    /** @param chunked whether the response's head promised chunks */
    BareTransport(BareConnection connection, boolean chunked) {
        this.connection = connection;
        this.chunked = chunked;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        if (chunked) {
            connection.write(Integer.toHexString(bytes.length).getBytes(StandardCharsets.US_ASCII), LINE_END, bytes, LINE_END);
        } else {
            connection.write(bytes);
        }
    }

    @Override
    public void close() {
        connection.close(chunked ? LAST_CHUNK : NOTHING);
    }
}
