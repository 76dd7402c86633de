package io.pado.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChunkedBodyTest {
    @Test
    void givesThePayloadHoweverTheBodyIsCut() throws IOException {
        byte[] body = "5\r\nhello\r\n0A;a=b\r\n, chunked \r\n005\r\nworld\r\n0\r\nX: y\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        for (int piece = 1; piece <= body.length; piece++) {
            assertEquals("hello, chunked world", decode(body, piece), "in pieces of " + piece);
        }
    }

    @Test
    void failsOnBrokenFraming() {
        for (String body : new String[] {"5\r\nhello!\r\n", "xyz\r\n", "\r\n", "0\r\n\r\nmore"}) {
            assertThrows(IOException.class, () -> decode(body.getBytes(StandardCharsets.US_ASCII), 1), body);
        }
    }

    private static String decode(byte[] body, int piece) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ChunkedBody chunks = new ChunkedBody();
        for (int at = 0; at < body.length; at += piece) {
            chunks.feed(body, at, Math.min(body.length, at + piece),
                    (bytes, from, to) -> out.write(bytes, from, to - from));
        }
        assertTrue(chunks.done());
        return out.toString(StandardCharsets.US_ASCII);
    }
}
