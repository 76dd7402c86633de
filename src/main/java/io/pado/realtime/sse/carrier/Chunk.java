package io.pado.realtime.sse.carrier;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Chunks of an HTTP/1.1 body (RFC 9112, section 7.1). */
public final class Chunk {

    /** Ends a body. */
    public static final byte[] LAST = ascii("0\r\n\r\n");

    private static final byte[] LINE_END = ascii("\r\n");

    private Chunk() {
    }

    /** @param content not empty */
    public static byte[] of(byte[] content) {
        byte[] head = ascii(Integer.toHexString(content.length) + "\r\n");
        byte[] chunk = Arrays.copyOf(head, head.length + content.length + LINE_END.length);
        System.arraycopy(content, 0, chunk, head.length, content.length);
        System.arraycopy(LINE_END, 0, chunk, head.length + content.length, LINE_END.length);
        return chunk;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
