package io.pado.system;

import static io.pado.system.RawSocket.BINARY;
import static io.pado.system.RawSocket.CLOSE;
import static io.pado.system.RawSocket.CONTINUATION;
import static io.pado.system.RawSocket.FINAL;
import static io.pado.system.RawSocket.PING;
import static io.pado.system.RawSocket.PONG;
import static io.pado.system.RawSocket.TEXT;
import static io.pado.system.RawSocket.close;
import static io.pado.system.RawSocket.frame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The cases of RFC 6455 that a server's WebSockets are tried with: what a client sends, and what it must hear. The answer to a question stands
 * for the echo that other suites use.
 */
final class WebSocketRules {

    private static final int OK = 1000;
    private static final int PROTOCOL = 1002;
    private static final int KIND = 1003;
    private static final int NO_UTF8 = 1007;
    private static final int TOO_LONG = 1009;
    private static final byte[] NOTHING = {};
    private static final byte[] BYE = close(OK);
    /** Not UTF-8, after Markus Kuhn's list: stray, cut, overlong, half of a pair, beyond Unicode. */
    private static final String[] BAD_UTF8 = {"80", "bf", "c0", "c1bf", "c328", "e28128", "e2", "e282", "f09f98", "f0288cbc", "f5808080", "fe", "ff",
            "c0af", "e080af", "f08080af", "f8808080af", "fc80808080af", "eda080", "edad7f", "edbfbf", "eda080edb080", "f4908080", "f7bfbfbf"};
    private static final String[] GOOD_UTF8 = {"a", "é", "파도", "𝄞 😀", "\uFFFD", "\uFFFE", "\uFFFF", "\uD7FF", "\uE000", "κόσμε", "\uDBFF\uDFFF"};

    /**
     * One case.
     *
     * @param sent     what the client sends, each in a write of its own
     * @param texts    how many answers it must hear
     * @param pongs    how many pongs
     * @param code     the server's close code
     */
    record Case(String name, List<byte[]> sent, int texts, int pongs, int code) {

        @Override
        public String toString() {
            return name;
        }
    }

    private final String before;
    private final String after;
    private final int maxBytes;
    private final List<Case> cases = new ArrayList<>();

    /** @param before and {@code after}: any text between them is a question that is answered. @param maxBytes of a message */
    WebSocketRules(String before, String after, int maxBytes) {
        this.before = before;
        this.after = after;
        this.maxBytes = maxBytes;
        framing();
        control();
        reservedBitsAndKinds();
        lengths();
        fragments();
        utf8();
        closing();
        large();
    }

    List<Case> all() {
        return cases;
    }

    private void framing() {
        for (int size : new int[] {100, 125, 126, 127, 128, 4_096, 4_097}) {
            add("text of " + size + " bytes", 1, 0, OK, text(question(size)), BYE);
            add("text of " + size + " bytes, byte by byte", 1, 0, OK, chopped(text(question(size)), 1, BYE));
        }
        add("three texts in one write", 3, 0, OK, joined(text(question(100)), text(question(100)), text(question(100)), BYE));
        add("frame without a mask", 0, 0, PROTOCOL, new byte[] {(byte) (FINAL | TEXT), 1, 'x'});
        add("binary message", 0, 0, KIND, frame(FINAL | BINARY, "x"));
        add("empty binary message", 0, 0, KIND, frame(FINAL | BINARY, NOTHING));
    }

    private void control() {
        add("empty ping", 0, 1, OK, frame(FINAL | PING, NOTHING), BYE);
        add("ping with text", 0, 1, OK, frame(FINAL | PING, "hello"), BYE);
        add("ping of 125 bytes that are no text", 0, 1, OK, frame(FINAL | PING, filled(125, 0xFE)), BYE);
        add("ping of 126 bytes", 0, 0, PROTOCOL, frame(FINAL | PING, filled(126, 'x')));
        add("pong of 126 bytes", 0, 0, PROTOCOL, frame(FINAL | PONG, filled(126, 'x')));
        add("ping byte by byte", 0, 1, OK, chopped(frame(FINAL | PING, "hello"), 1, BYE));
        add("unasked pongs", 0, 1, OK, frame(FINAL | PONG, "a"), frame(FINAL | PONG, NOTHING), frame(FINAL | PING, "b"), BYE);
        byte[] ten = NOTHING;
        for (int i = 0; i < 10; i++) {
            ten = joined(ten, frame(FINAL | PING, "p" + i));
        }
        add("ten pings", 0, 10, OK, ten, BYE);
        for (int kind : new int[] {PING, PONG, CLOSE}) {
            add("fragmented control frame " + kind, 0, 0, PROTOCOL, frame(kind, "x"));
        }
    }

    private void reservedBitsAndKinds() {
        for (int bits = 1; bits < 8; bits++) {
            for (int kind : new int[] {TEXT, PING, CLOSE}) {
                add("reserved bits " + bits + " in kind " + kind, 1, 0, PROTOCOL, text(question(100)), frame(FINAL | bits << 4 | kind, "x"));
            }
        }
        for (int kind : new int[] {3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF}) {
            add("kind " + kind, 1, 0, PROTOCOL, text(question(100)), frame(FINAL | kind, "x"));
            add("empty frame of kind " + kind, 0, 0, PROTOCOL, frame(FINAL | kind, NOTHING));
        }
    }

    private void lengths() {
        for (int kind : new int[] {PING, PONG, CLOSE}) {
            for (long length : new long[] {-1, Long.MIN_VALUE, 126, 1L << 32}) {
                add("kind " + kind + " of length " + length + " in eight bytes", 0, 0, PROTOCOL, frame(FINAL | kind, Long.BYTES, length, NOTHING));
            }
            add("kind " + kind + " of length 5 in two bytes", 0, 0, PROTOCOL, frame(FINAL | kind, Short.BYTES, 5, NOTHING));
        }
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, maxBytes + 1L}) {
            add("text of length " + length, 0, 0, length > 0 && length < 65_536 ? PROTOCOL : TOO_LONG,
                    frame(FINAL | TEXT, Long.BYTES, length, NOTHING));
            add("second fragment of length " + length, 0, 0, length > 0 && length < 65_536 ? PROTOCOL : TOO_LONG, frame(TEXT, "x"),
                    frame(FINAL | CONTINUATION, Long.BYTES, length, NOTHING));
        }
        add("length 100 in two bytes", 0, 0, PROTOCOL, frame(FINAL | TEXT, Short.BYTES, 100, filled(100, 'x')));
        add("length 100 in eight bytes", 0, 0, PROTOCOL, frame(FINAL | TEXT, Long.BYTES, 100, filled(100, 'x')));
        add("length 65,535 in eight bytes", 0, 0, PROTOCOL, frame(FINAL | TEXT, Long.BYTES, 65_535, NOTHING));
    }

    private void fragments() {
        byte[] question = utf8(question(100));
        byte[] head = Arrays.copyOfRange(question, 0, 40);
        byte[] tail = Arrays.copyOfRange(question, 40, question.length);
        add("two fragments", 1, 0, OK, frame(TEXT, head), frame(FINAL | CONTINUATION, tail), BYE);
        add("two fragments, byte by byte", 1, 0, OK, chopped(joined(frame(TEXT, head), frame(FINAL | CONTINUATION, tail)), 1, BYE));
        add("ping between fragments", 1, 1, OK, frame(TEXT, head), frame(FINAL | PING, "p"), frame(FINAL | CONTINUATION, tail), BYE);
        add("ping between fragments in one write", 1, 1, OK,
                joined(frame(TEXT, head), frame(FINAL | PING, "p"), frame(FINAL | CONTINUATION, tail), BYE));
        add("empty fragments", 1, 0, OK, frame(TEXT, NOTHING), frame(CONTINUATION, question), frame(CONTINUATION, NOTHING),
                frame(FINAL | CONTINUATION, NOTHING), BYE);
        add("fragments of one byte", 1, 0, OK, pieces(question, 1), BYE);
        add("continuation of nothing", 0, 0, PROTOCOL, frame(FINAL | CONTINUATION, tail));
        add("open continuation of nothing", 0, 0, PROTOCOL, frame(CONTINUATION, tail));
        add("continuation after a whole text", 1, 0, PROTOCOL, text(question(100)), frame(FINAL | CONTINUATION, "x"));
        add("text within a text", 0, 0, PROTOCOL, frame(TEXT, head), frame(FINAL | TEXT, tail));
        add("open text within a text", 0, 0, PROTOCOL, frame(TEXT, head), frame(TEXT, tail));
        add("close within a text", 0, 0, OK, frame(TEXT, head), BYE);
    }

    private void utf8() {
        for (String good : GOOD_UTF8) {
            byte[] question = utf8(before + good + after);
            add("UTF-8 " + HexFormat.of().formatHex(utf8(good)), 1, 0, OK, frame(FINAL | TEXT, question), BYE);
            add("UTF-8 " + HexFormat.of().formatHex(utf8(good)) + " in fragments of one byte", 1, 0, OK, pieces(question, 1), BYE);
        }
        for (String bad : BAD_UTF8) {
            byte[] bytes = joined(utf8(before), HexFormat.of().parseHex(bad));
            add("no UTF-8: " + bad, 0, 0, NO_UTF8, frame(FINAL | TEXT, joined(bytes, utf8(after))));
            add("no UTF-8, byte by byte: " + bad, 0, 0, NO_UTF8, chopped(frame(FINAL | TEXT, joined(bytes, utf8(after))), 1));
            add("no UTF-8, in a text that goes on: " + bad, 0, 0, NO_UTF8, frame(TEXT, joined(bytes, utf8(after))));
            add("no UTF-8, in fragments of one byte: " + bad, 0, 0, NO_UTF8, pieces(joined(bytes, utf8(after)), 1));
        }
        add("character that is cut at the end", 0, 0, NO_UTF8, frame(FINAL | TEXT, HexFormat.of().parseHex("e282")));
    }

    private void closing() {
        add("close without a code", 0, 0, OK, frame(FINAL | CLOSE, NOTHING));
        add("close of one byte", 0, 0, PROTOCOL, frame(FINAL | CLOSE, "x"));
        add("close with a reason", 0, 0, OK, close(OK, utf8("파도")));
        add("close with the longest reason", 0, 0, OK, close(OK, filled(123, 'x')));
        add("close with a reason too long", 0, 0, PROTOCOL, close(OK, filled(124, 'x')));
        for (String bad : BAD_UTF8) {
            add("reason that is no UTF-8: " + bad, 0, 0, NO_UTF8, close(OK, HexFormat.of().parseHex(bad)));
        }
        for (int code : new int[] {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999}) {
            add("close code " + code, 0, 0, code, close(code));
        }
        for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535}) {
            add("close code " + code + " that may not be sent", 0, 0, PROTOCOL, close(code));
        }
        add("answer before a close in the same write", 1, 0, OK, joined(text(question(100)), BYE));
        add("pong before a close in the same write", 0, 1, OK, joined(frame(FINAL | PING, "p"), BYE));
        add("nothing counts after a close", 0, 0, OK, joined(BYE, text(question(100)), frame(FINAL | PING, "p"), close(1001)));
    }

    private void large() {
        add("longest message", 1, 0, OK, text(question(maxBytes)), BYE);
        add("longest message in pieces of 1,000 bytes", 1, 0, OK, pieces(utf8(question(maxBytes)), 1_000), BYE);
        add("longest message, 997 bytes at a time", 1, 0, OK, chopped(text(question(maxBytes)), 997, BYE));
        add("message that is too long", 0, 0, TOO_LONG, text("x".repeat(maxBytes + 1)));
        add("message whose pieces are too long together", 0, 0, TOO_LONG, pieces(filled(maxBytes + 1, 'x'), 1_000));
    }

    private void add(String name, int texts, int pongs, int code, byte[]... sent) {
        cases.add(new Case(name, List.of(sent), texts, pongs, code));
    }

    private String question(int size) {
        return before + "x".repeat(Math.max(1, size - before.length() - after.length())) + after;
    }

    private static byte[] text(String text) {
        return frame(FINAL | TEXT, text);
    }

    /** @return one write of fragments of so many bytes each */
    private static byte[] pieces(byte[] message, int size) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < message.length; at += size) {
            int end = Math.min(message.length, at + size);
            all.writeBytes(frame((end == message.length ? FINAL : 0) | (at == 0 ? TEXT : CONTINUATION), Arrays.copyOfRange(message, at, end)));
        }
        return all.toByteArray();
    }

    private static byte[][] chopped(byte[] bytes, int size, byte[]... then) {
        List<byte[]> parts = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += size) {
            parts.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
        }
        parts.addAll(List.of(then));
        return parts.toArray(byte[][]::new);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] filled(int size, int with) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
