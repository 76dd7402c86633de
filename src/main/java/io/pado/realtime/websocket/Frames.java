package io.pado.realtime.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A server's frames (RFC 6455, section 5.2): whole messages, not masked. What waits to be sent is the text of a message without its frame, or a whole
 * control frame; the first byte tells, for no text in UTF-8 begins as a control frame does.
 */
public final class Frames {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    /** Of control frames (section 5.5). */
    static final int MAX_CONTROL = 125;

    private static final int FINAL = 0x80;
    private static final int FIRST_OF_CONTROL = FINAL | CLOSE;
    private static final int CONTROL = 0xF8;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MAX_IN_TWO = 0xFFFF;
    private static final int LONGEST_HEAD = 10;

    private Frames() {
    }

    /** @return the text of a message; all readers may share it */
    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @return a question whether the peer is still there, which its WebSocket answers by itself */
    public static byte[] ping() {
        return frame(PING, new byte[0]);
    }

    /** @return what waits to be sent, as it is sent */
    static byte[] framed(byte[] waiting) {
        return isControl(waiting) ? waiting : frame(TEXT, waiting);
    }

    static boolean isControl(byte[] waiting) {
        return waiting.length > 0 && (waiting[0] & CONTROL) == FIRST_OF_CONTROL;
    }

    /** @return the first byte of a whole message */
    static byte[] head(int kind) {
        return new byte[] {(byte) (FINAL | kind)};
    }

    static byte[] pong(byte[] payload) {
        return frame(PONG, payload);
    }

    /** @param words cut if too long */
    static byte[] close(int code, String words) {
        byte[] reason = words.getBytes(StandardCharsets.US_ASCII);
        int length = Math.min(reason.length, MAX_CONTROL - Short.BYTES);
        return frame(CLOSE, ByteBuffer.allocate(Short.BYTES + length).putShort((short) code).put(reason, 0, length).array());
    }

    private static byte[] frame(int kind, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD + payload.length).put((byte) (FINAL | kind));
        if (payload.length <= MAX_CONTROL) {
            frame.put((byte) payload.length);
        } else if (payload.length <= MAX_IN_TWO) {
            frame.put((byte) TWO_BYTES).putShort((short) payload.length);
        } else {
            frame.put((byte) EIGHT_BYTES).putLong(payload.length);
        }
        frame.put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }
}
