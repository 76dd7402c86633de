package io.pado.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameParserTest {
    private static final String LONG = "x".repeat(300);
    private static final String VERY_LONG = "y".repeat(70_000);

    private final List<String> messages = new ArrayList<>();
    private final List<byte[]> answers = new ArrayList<>();

    @Test
    void readsTheSameHoweverTheFramesAreCut() throws IOException {
        byte[] stream = join(frame(0x81, "hello"), frame(0x01, "in "), frame(0x89, "?"), frame(0x00, ""),
                frame(0x80, "parts"), frame(0x81, ""), frame(0x8a, "late"), frame(0x82, LONG), frame(0x81, "end"));
        for (int cut = 0; cut <= stream.length; cut++) {
            messages.clear();
            FrameParser parser = parser();
            parser.feed(stream, 0, cut);
            parser.feed(stream, cut, stream.length);
            assertEquals(List.of("hello", "in parts", "", LONG, "end"), messages, "cut at " + cut);
        }
        messages.clear();
        FrameParser parser = parser();
        for (int at = 0; at < stream.length; at++) {
            parser.feed(stream, at, at + 1);
        }
        assertEquals(List.of("hello", "in parts", "", LONG, "end"), messages);
    }

    @Test
    void readsLengthsOfEightBytes() throws IOException {
        byte[] stream = frame(0x81, VERY_LONG);
        parser().feed(stream, 0, stream.length);
        assertEquals(List.of(VERY_LONG), messages);
    }

    @Test
    void answersAPingWithItsOwnWordsMasked() throws IOException {
        byte[] ping = frame(0x89, "are you there");
        parser().feed(ping, 0, ping.length);
        byte[] pong = answers.get(0);
        assertEquals((byte) 0x8a, pong[0]);
        assertEquals((byte) (0x80 | 13), pong[1]);
        byte[] payload = new byte[13];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (pong[6 + i] ^ pong[2 + i % 4]);
        }
        assertArrayEquals("are you there".getBytes(StandardCharsets.US_ASCII), payload);
        assertTrue(messages.isEmpty());
    }

    @Test
    void failsOnACloseFrameAndOnWhatBreaksTheRules() {
        IOException closed = assertThrows(IOException.class, () -> parse(frame(0x88, "\u0003\u00f5")));
        assertTrue(closed.getMessage().endsWith("1013"), closed.getMessage());
        assertThrows(IOException.class, () -> parse(frame(0xc1, "reserved bit")));
        assertThrows(IOException.class, () -> parse(frame(0x83, "unknown opcode")));
        assertThrows(IOException.class, () -> parse(frame(0x8b, "unknown control")));
        assertThrows(IOException.class, () -> parse(frame(0x80, "no beginning")));
        assertThrows(IOException.class, () -> parse(join(frame(0x01, "a"), frame(0x81, "b"))));
        assertThrows(IOException.class, () -> parse(frame(0x09, "ping in parts")));
        assertThrows(IOException.class, () -> parse(frame(0x89, LONG)));
        assertThrows(IOException.class, () -> parse(Frame.of(Frame.TEXT, new byte[] {'m'}, 1)));
    }

    @Test
    void acceptsAsTheRfcShows() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WebSocket.accept("dGhlIHNhbXBsZSBub25jZQ=="));
    }

    private FrameParser parser() {
        StringBuilder text = new StringBuilder();
        return new FrameParser(new Messages() {
            @Override
            public void data(byte[] bytes, int from, int to) {
                text.append(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
            }

            @Override
            public void end() {
                messages.add(text.toString());
                text.setLength(0);
            }
        }, answers::add);
    }

    private void parse(byte[] stream) throws IOException {
        parser().feed(stream, 0, stream.length);
    }

    private static byte[] frame(int first, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        int length = text.length();
        int lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
        out.write(lengthBytes == 0 ? length : lengthBytes == 2 ? 126 : 127);
        for (int i = lengthBytes - 1; i >= 0; i--) {
            out.write(i < 4 ? length >>> 8 * i : 0);
        }
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }

    private static byte[] join(byte[]... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }
}
