package io.pado.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** A client's WebSocket frames (RFC 6455, section 5.2): one frame for each message, masked. */
final class Frame {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    /** In place of a length: it follows in two bytes. */
    static final int TWO_BYTES = 126;

    private static final int LONGEST = 65_535;

    private Frame() {
    }

    /** The last (and only) frame of a message: the first {@code length} (at most 65,535) of {@code payload}. */
    static byte[] of(int opcode, byte[] payload, int length) {
        if (length > LONGEST) {
            throw new IllegalArgumentException("readers send 65,535 bytes at most");
        }
        boolean small = length < TWO_BYTES;
        ByteBuffer frame = ByteBuffer.allocate((small ? 6 : 8) + length).put((byte) (0x80 | opcode));
        if (small) {
            frame.put((byte) (0x80 | length));
        } else {
            frame.put((byte) (0x80 | TWO_BYTES)).putShort((short) length);
        }
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        frame.put(mask);
        for (int i = 0; i < length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        return frame.array();
    }
}
