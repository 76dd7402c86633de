package io.pado.bench;

import java.nio.charset.StandardCharsets;

/**
 * Finds a numeric JSON member anywhere in a line without parsing the JSON: also nested, and also inside a JSON text
 * that is itself a JSON string ({@code \"seq\":7}).
 */
final class Marks {
    static final long NONE = -1;

    private Marks() {
    }

    /** The key's bytes with the quote before it, as {@link #find} wants them. */
    static byte[] key(String name) {
        return ('"' + name).getBytes(StandardCharsets.US_ASCII);
    }

    /** The first non-negative number that stands as the value of {@code key} in {@code bytes[from, to)}, or NONE. */
    static long find(byte[] bytes, int from, int to, byte[] key) {
        int last = to - key.length;
        for (int at = from; at <= last; at++) {
            if (bytes[at] == '"' && startsWith(bytes, at, key)) {
                long value = value(bytes, at + key.length, to);
                if (value != NONE) {
                    return value;
                }
            }
        }
        return NONE;
    }

    /** Whether {@code text}, which is not empty, stands anywhere in {@code bytes[from, to)}. */
    static boolean contains(byte[] bytes, int from, int to, byte[] text) {
        for (int at = from; at <= to - text.length; at++) {
            if (bytes[at] == text[0] && startsWith(bytes, at, text)) {
                return true;
            }
        }
        return false;
    }

    /** The first byte has been compared already. */
    private static boolean startsWith(byte[] bytes, int at, byte[] key) {
        for (int i = 1; i < key.length; i++) {
            if (bytes[at + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private static long value(byte[] bytes, int from, int to) {
        int at = from;
        if (at < to && bytes[at] == '\\') {
            at++;
        }
        if (at >= to || bytes[at++] != '"') {
            return NONE;
        }
        at = skipSpaces(bytes, at, to);
        if (at >= to || bytes[at++] != ':') {
            return NONE;
        }
        return digits(bytes, skipSpaces(bytes, at, to), to);
    }

    private static int skipSpaces(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    private static long digits(byte[] bytes, int from, int to) {
        long value = 0;
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + (bytes[at++] - '0');
        }
        return at == from ? NONE : value;
    }
}
