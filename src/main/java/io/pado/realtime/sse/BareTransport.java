package io.pado.realtime.sse;

import io.pado.realtime.stream.BareConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries a stream by the bare connection, which the container gives away after the head and the first event of the response. The peer
 * sees one ordinary response; over HTTP/1.1 its chunks (RFC 9112, section 7.1) are made here.
 */
final class BareTransport implements Transport {

    private static final byte[] NOTHING = {};
    private static final String LINE_END = "\r\n";
    private static final byte[] CHUNK_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private final BareConnection connection;
    private final boolean chunked;

    /** @param chunked whether the response's head promised chunks */
    BareTransport(BareConnection connection, boolean chunked) {
        this.connection = connection;
        this.chunked = chunked;
    }

    @Override
    public void write(List<byte[]> frames) throws IOException {
        connection.write(chunked ? chunk(frames) : frames);
    }

    private static List<byte[]> chunk(List<byte[]> frames) {
        int size = 0;
        for (byte[] frame : frames) {
            size += frame.length;
        }
        List<byte[]> chunk = new ArrayList<>(frames.size() + 2);
        chunk.add((Integer.toHexString(size) + LINE_END).getBytes(StandardCharsets.ISO_8859_1));
        chunk.addAll(frames);
        chunk.add(CHUNK_END);
        return chunk;
    }

    @Override
    public void close() {
        connection.close(chunked ? LAST_CHUNK : NOTHING);
    }
}
