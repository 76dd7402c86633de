package io.pado.realtime.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads a client's frames (RFC 6455, section 5) from bytes that come in any portions, and puts fragments together. What a frame breaks of
 * the rules ends the reading with a {@link Violation}. Not thread-safe.
 */
final class FrameReader {

    private static final int FINAL = 0x80;
    private static final int RESERVED = 0x70;
    private static final int KIND = 0x0F;
    private static final int CONTROL = 0x8;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MASK_BYTES = 4;
    private static final int NO_CODE = 1_005;
    private static final Set<Integer> NEVER_SENT = Set.of(1_004, NO_CODE, 1_006);

    private final int most;
    private final Listener listener;

    // The frame's head as far as it has come, then what it said.
    private final ByteBuffer head = ByteBuffer.allocate(14);
    private boolean headRead;
    private int kind;
    private boolean last;
    private long missing;
    private int mask;
    private int at;

    // The message so far; a control frame may come between its fragments.
    private ByteArrayOutputStream message;
    private int messageKind;
    private ByteArrayOutputStream payload;

    /** Who gets what was read. */
    interface Listener {

        void text(String text);

        void binary();

        void ping(byte[] payload);

        /** @param code as sent, 1005 if there was none */
        void closed(int code);
    }

    /** A client broke the protocol; {@link #code} is the close code that says how (section 7.4.1). */
    static final class Violation extends Exception {

        private final int code;

        Violation(int code, String words) {
            super(words, null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** @param most bytes of a message */
    FrameReader(int most, Listener listener) {
        this.most = most;
        this.listener = listener;
    }

    void read(byte[] bytes, int count) throws Violation {
        int from = 0;
        while (from < count || headRead && missing == 0) {
            if (!headRead) {
                head.put(bytes[from++]);
                headRead = headIsWhole() && begin();
            } else {
                int part = (int) Math.min(missing, count - from);
                unmask(bytes, from, part);
                payload.write(bytes, from, part);
                from += part;
                missing -= part;
                if (missing == 0) {
                    end();
                }
            }
        }
    }

    private boolean headIsWhole() {
        if (head.position() < 2) {
            return false;
        }
        int length = head.get(1) & LENGTH;
        int more = length == TWO_BYTES ? Short.BYTES : length == EIGHT_BYTES ? Long.BYTES : 0;
        return head.position() == 2 + more + ((head.get(1) & MASKED) == 0 ? 0 : MASK_BYTES);
    }

    /** Checks the head. @return true */
    private boolean begin() throws Violation {
        head.flip();
        int first = head.get();
        int second = head.get();
        kind = first & KIND;
        last = (first & FINAL) != 0;
        int length = second & LENGTH;
        missing = length == TWO_BYTES ? head.getShort() & 0xFFFF : length == EIGHT_BYTES ? head.getLong() : length;
        require((first & RESERVED) == 0, "no extension was agreed on");
        require((second & MASKED) != 0, "a client's frames must be masked");
        mask = head.getInt();
        at = 0;
        head.clear();
        if (kind >= CONTROL) {
            require(last && missing <= Frames.MOST_CONTROL, "a control frame must be short and whole");
            require(kind == Frames.CLOSE || kind == Frames.PING || kind == Frames.PONG, "unknown kind of frame");
            payload = new ByteArrayOutputStream((int) missing);
        } else {
            beginData();
        }
        return true;
    }

    private void beginData() throws Violation {
        require(kind <= Frames.BINARY, "unknown kind of frame");
        require((kind == Frames.CONTINUATION) == (message != null), "fragments of two messages are mixed");
        if (message == null) {
            message = new ByteArrayOutputStream((int) Math.max(0, Math.min(missing, 1_024)));
            messageKind = kind;
        }
        if (missing < 0 || message.size() + missing > most) {
            throw new Violation(1009, "a message may have " + most + " bytes");
        }
        payload = message;
    }

    private void unmask(byte[] bytes, int from, int count) {
        for (int i = from; i < from + count; i++) {
            bytes[i] ^= (byte) (mask >>> 24 - 8 * (at++ & 3));
        }
    }

    private void end() throws Violation {
        headRead = false;
        if (kind >= CONTROL) {
            control(payload.toByteArray());
        } else if (last) {
            byte[] whole = message.toByteArray();
            message = null;
            if (messageKind == Frames.TEXT) {
                listener.text(decoded(whole));
            } else {
                listener.binary();
            }
        }
        payload = null;
    }

    private void control(byte[] bytes) throws Violation {
        switch (kind) {
            case Frames.PING -> listener.ping(bytes);
            case Frames.CLOSE -> {
                require(bytes.length != 1, "a close code has two bytes");
                int code = bytes.length == 0 ? NO_CODE : ByteBuffer.wrap(bytes).getShort() & 0xFFFF;
                require(code == NO_CODE && bytes.length == 0 || maySend(code), "no close code");
                listener.closed(code);
            }
            default -> { } // an answer to no question
        }
    }

    /** Section 7.4.2: what has a meaning on the wire, and what libraries and applications may use. */
    private static boolean maySend(int code) {
        return code >= 3_000 && code < 5_000 || code >= 1_000 && code <= 1_014 && !NEVER_SENT.contains(code);
    }

    private static String decoded(byte[] utf8) throws Violation {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException malformed) {
            throw new Violation(1007, "a text must be UTF-8");
        }
    }

    private static void require(boolean kept, String rule) throws Violation {
        if (!kept) {
            throw new Violation(1002, rule);
        }
    }
}
