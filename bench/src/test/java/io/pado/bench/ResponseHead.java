package io.pado.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Collects the head of one HTTP response and answers what a reader of it must know. One response; one thread. */
final class ResponseHead {
    private static final int LONGEST = 32 * 1024;

    private final ByteArrayOutputStream collected = new ByteArrayOutputStream(512);
    private int endSeen;
    private String text = "";

    /** Takes bytes up to the end of the head; returns where the body starts, or {@code to} while the head goes on. */
    int feed(byte[] bytes, int from, int to) throws IOException {
        for (int at = from; at < to; at++) {
            collected.write(bytes[at]);
            boolean expected = bytes[at] == (endSeen % 2 == 0 ? '\r' : '\n');
            endSeen = expected ? endSeen + 1 : bytes[at] == '\r' ? 1 : 0;
            if (endSeen == 4) {
                text = collected.toString(StandardCharsets.ISO_8859_1);
                return at + 1;
            }
        }
        if (collected.size() > LONGEST) {
            throw new IOException("response head longer than " + LONGEST + " bytes");
        }
        return to;
    }

    boolean complete() {
        return endSeen == 4;
    }

    /** The status code, or an error that quotes the first line. */
    int status() throws IOException {
        String first = text.substring(0, text.indexOf('\r'));
        String[] words = first.split(" ");
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[0-9]{3}")) {
            throw new IOException("not an HTTP/1 response: " + first);
        }
        return Integer.parseInt(words[1]);
    }

    boolean chunked() {
        return header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked");
    }

    /** The header's value, or an empty text. */
    String header(String name) {
        for (String line : text.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).trim().equalsIgnoreCase(name)) {
                return line.substring(colon + 1).trim();
            }
        }
        return "";
    }
}
