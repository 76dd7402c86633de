package io.pado.realtime.websocket;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** A text that comes in portions of UTF-8, cut anywhere; a byte that cannot belong to one is noticed when it comes. Not thread-safe. */
final class Utf8Text {

    private static final int LONGEST_CHARACTER = 4;
    private static final int PORTION = 4_096;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final StringBuilder text;
    /** The bytes of a character that is not whole yet. */
    private final ByteBuffer begun = ByteBuffer.allocate(LONGEST_CHARACTER);
    private int size;

    /** @param expected characters, roughly */
    Utf8Text(int expected) {
        text = new StringBuilder(expected);
    }

    /** @return false if the bytes are no UTF-8 after those before; nothing must be added then any more */
    boolean add(byte[] bytes, int from, int count) {
        size += count;
        int at = from;
        int end = from + count;
        // A character that was cut is completed byte by byte.
        while (at < end && begun.position() > 0) {
            begun.put(bytes[at++]);
            begun.flip();
            if (!decode(begun)) {
                return false;
            }
            begun.compact();
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, at, end - at);
        if (!decode(rest)) {
            return false;
        }
        begun.put(rest);
        return startsWell();
    }

    /** @return whether it ends with a whole character */
    boolean isWhole() {
        return begun.position() == 0;
    }

    /** @return bytes so far */
    int size() {
        return size;
    }

    /** @return bytes that it takes: with room for more, and for each character one if all are ASCII, otherwise two */
    int held() {
        boolean ascii = text.length() + begun.position() == size;
        return text.capacity() * (ascii ? 1 : Character.BYTES);
    }

    private boolean decode(ByteBuffer bytes) {
        CharBuffer characters = CharBuffer.allocate(Math.min(PORTION, bytes.remaining() + 1));
        boolean more = true;
        while (more) {
            var result = decoder.decode(bytes, characters, false);
            if (result.isError()) {
                return false;
            }
            more = result.isOverflow();
            text.append(characters.flip());
            characters.clear();
        }
        return true;
    }

    /** Java's decoder waits for a third byte before it refuses some second ones. */
    private boolean startsWell() {
        if (begun.position() < 2) {
            return true;
        }
        int first = begun.get(0) & 0xFF;
        int second = begun.get(1) & 0xFF;
        return switch (first) {
            case 0xE0 -> second >= 0xA0;
            case 0xED -> second < 0xA0;
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second < 0x90;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
