package io.pado.realtime.sse;

import io.pado.realtime.stream.BareConnection;
import java.io.IOException;
import java.util.List;

/**
 * Carries a stream by the bare connection, which the container gives away after the head and the first event of the response. The peer
 * sees one ordinary response; over HTTP/1.1 its chunks (RFC 9112, section 7.1) are made here.
 */
final class BareTransport implements Transport {

    private static final byte[] NOTHING = {};
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final int HEX_BITS = 4;
    private static final int HEX_MASK = 0xF;
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
        connection.write(chunked ? List.of(chunk(frames)) : frames);
    }

    /** One chunk, made in one go: this runs once for each reader and event. */
    private static byte[] chunk(List<byte[]> frames) {
        int size = 0;
        for (byte[] frame : frames) {
            size += frame.length;
        }
        int digits = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(size) + HEX_BITS - 1) / HEX_BITS);
        byte[] chunk = new byte[digits + LINE_END.length + size + LINE_END.length];
        for (int i = digits - 1, rest = size; i >= 0; i--, rest >>>= HEX_BITS) {
            chunk[i] = (byte) Character.forDigit(rest & HEX_MASK, 1 << HEX_BITS);
        }
        int at = append(LINE_END, chunk, digits);
        for (byte[] frame : frames) {
            at = append(frame, chunk, at);
        }
        append(LINE_END, chunk, at);
        return chunk;
    }

    private static int append(byte[] bytes, byte[] to, int at) {
        System.arraycopy(bytes, 0, to, at, bytes.length);
        return at + bytes.length;
    }

    @Override
    public void close() {
        connection.close(chunked ? LAST_CHUNK : NOTHING);
    }
}
