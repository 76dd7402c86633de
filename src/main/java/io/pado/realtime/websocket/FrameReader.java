package io.pado.realtime.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Reads a client's frames (RFC 6455, section 5) from bytes that come in any portions, and puts fragments together. Each length is checked as soon as
 * it has come, and a text byte by byte. What a frame breaks of the rules ends the reading with a {@link Violation}. Not thread-safe.
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
    private static final int MAX_IN_TWO = 0xFFFF;
    private static final int MASK_BYTES = 4;
    private static final int LONGEST_HEAD = 14;
    private static final int NO_CODE = 1_005;
    private static final Set<Integer> NEVER_SENT = Set.of(1_004, NO_CODE, 1_006);

    private final int max;
    private final Listener listener;

    // The frame's head as far as it has come, then what it said.
    private final ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD);
    private boolean headRead;
    private int kind;
    private boolean last;
    private long missing;
    private int mask;
    private int at;

    // The message so far; null between messages. A control frame may come between its fragments.
    private Utf8Text message;
    private ByteArrayOutputStream control;
    private int ended;

    /** Who gets what was read. */
    interface Listener {

        /** A frame of whatever kind has begun. @return whether the client may go on; if not nothing more is read, now or later */
        boolean frame();

        void text(String text);

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

    /** @param max bytes of a message */
    FrameReader(int max, Listener listener) {
        this.max = max;
        this.listener = listener;
    }

    void read(byte[] bytes, int count) throws Violation {
        int from = 0;
        while (from < count || headRead && missing == 0) {
            if (!headRead) {
                head.put(bytes[from++]);
                headRead = headIsWhole();
                if (headRead && !begin()) {
                    return;
                }
            } else {
                int part = (int) Math.min(missing, count - from);
                take(bytes, from, part);
                from += part;
                missing -= part;
                if (missing == 0) {
                    end();
                }
            }
        }
    }

    /** @return bytes that a message, or a frame, takes that has begun and not ended; 0 between messages */
    int unfinished() {
        int begun = head.position() + (headRead ? 1 : 0) + (control == null ? 0 : control.size());
        return message == null ? begun : begun + 1 + message.held();
    }

    /** Gives up what has begun; nothing must be read any more. */
    void forget() {
        message = null;
        control = null;
    }

    /** @return how often nothing was unfinished so far; it may have been for a moment only, within one {@link #read} */
    int ended() {
        return ended;
    }

    private boolean headIsWhole() throws Violation {
        if (head.position() < 2) {
            return false;
        }
        if (head.position() == 2) {
            checkFirstBytes();
        }
        int length = head.get(1) & LENGTH;
        int more = length == TWO_BYTES ? Short.BYTES : length == EIGHT_BYTES ? Long.BYTES : 0;
        return head.position() == 2 + more + MASK_BYTES;
    }

    private void checkFirstBytes() throws Violation {
        int first = head.get(0);
        kind = first & KIND;
        last = (first & FINAL) != 0;
        require((first & RESERVED) == 0, "no extension was agreed on");
        require((head.get(1) & MASKED) != 0, "a client's frames must be masked");
        if (kind >= CONTROL) {
            require(kind == Frames.CLOSE || kind == Frames.PING || kind == Frames.PONG, "unknown kind of frame");
            require(last && (head.get(1) & LENGTH) <= Frames.MAX_CONTROL, "a control frame must be short and whole");
        } else {
            require(kind <= Frames.BINARY, "unknown kind of frame");
            require((kind == Frames.CONTINUATION) == (message != null), "fragments of two messages are mixed");
        }
    }

    /** The head is whole. @return whether the client may go on */
    private boolean begin() throws Violation {
        head.position(2);
        int length = head.get(1) & LENGTH;
        missing = length == TWO_BYTES ? head.getShort() & MAX_IN_TWO : length == EIGHT_BYTES ? head.getLong() : length;
        require(length != TWO_BYTES || missing >= TWO_BYTES, "a length must be as short as it can be");
        require(length != EIGHT_BYTES || missing < 0 || missing > MAX_IN_TWO, "a length must be as short as it can be");
        mask = head.getInt();
        at = 0;
        head.clear();
        if (!listener.frame()) {
            return false;
        }
        if (kind >= CONTROL) {
            require(missing >= 0 && missing <= Frames.MAX_CONTROL, "a control frame must be short");
            control = new ByteArrayOutputStream((int) missing);
        } else {
            beginData();
        }
        return true;
    }

    private void beginData() throws Violation {
        if (kind == Frames.BINARY) {
            throw new Violation(1003, "send text");
        }
        if (message == null) {
            message = new Utf8Text((int) Math.max(0, Math.min(missing, 1_024)));
        }
        if (missing < 0 || missing > max - message.size()) {
            throw new Violation(CloseCodes.TOO_BIG, "a message may have " + max + " bytes");
        }
    }

    private void take(byte[] bytes, int from, int count) throws Violation {
        for (int i = from; i < from + count; i++) {
            bytes[i] ^= (byte) (mask >>> 24 - 8 * (at++ & 3));
        }
        if (kind >= CONTROL) {
            control.write(bytes, from, count);
        } else {
            require(message.add(bytes, from, count), 1007, "a text must be UTF-8");
        }
    }

    private void end() throws Violation {
        headRead = false;
        if (kind >= CONTROL) {
            byte[] payload = control.toByteArray();
            control = null;
            control(payload);
        } else if (last) {
            Utf8Text whole = message;
            message = null;
            require(whole.isWhole(), 1007, "a text must be UTF-8");
            listener.text(whole.toString());
        }
        ended += message == null ? 1 : 0;
    }

    private void control(byte[] bytes) throws Violation {
        switch (kind) {
            case Frames.PING -> listener.ping(bytes);
            case Frames.CLOSE -> listener.closed(code(bytes));
            default -> { } // an answer to no question
        }
    }

    /** Section 5.5.1: two bytes of a code, then a reason in UTF-8. */
    private static int code(byte[] bytes) throws Violation {
        if (bytes.length == 0) {
            return NO_CODE;
        }
        require(bytes.length != 1, "a close code has two bytes");
        int code = ByteBuffer.wrap(bytes).getShort() & 0xFFFF;
        require(maySend(code), "no close code");
        Utf8Text reason = new Utf8Text(bytes.length);
        require(reason.add(bytes, Short.BYTES, bytes.length - Short.BYTES) && reason.isWhole(), 1007, "a reason must be UTF-8");
        return code;
    }

    /** Section 7.4.2: what has a meaning on the wire, and what libraries and applications may use. */
    private static boolean maySend(int code) {
        return code >= 3_000 && code < 5_000 || code >= 1_000 && code <= 1_014 && !NEVER_SENT.contains(code);
    }

    private static void require(boolean kept, String rule) throws Violation {
        require(kept, 1002, rule);
    }

    private static void require(boolean kept, int code, String rule) throws Violation {
        if (!kept) {
            throw new Violation(code, rule);
        }
    }
}
