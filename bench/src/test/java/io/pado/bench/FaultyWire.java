package io.pado.bench;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** How the faulty server speaks: correctly, but in the smallest pieces. */
enum FaultyWire {
    EVENTS {
        @Override
        Endpoint endpoint(int port) {
            return Endpoint.events(port, reader -> "/" + reader, "hello");
        }

        @Override
        void greet(Socket reader) throws IOException {
            write(reader, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            reader.getOutputStream().write(message("hello"));
        }

        @Override
        byte[] piece(String text, boolean first, boolean last) {
            return (text.length() + "\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        byte[] message(String json) {
            return pieces("data: " + json + "\n\n");
        }
    },
    /** Welcomes a reader first, and says {@code joined} only after its hello; a ping follows each fragment. */
    FRAMES {
        private static final String HELLO = "let me in";

        @Override
        Endpoint endpoint(int port) {
            return Endpoint.webSocket(port, "/ws", HELLO, "\"joined\"");
        }

        @Override
        void greet(Socket reader) throws IOException {
            BufferedReader head = new BufferedReader(
                    new InputStreamReader(reader.getInputStream(), StandardCharsets.US_ASCII), 1);
            String key = "";
            for (String line = head.readLine(); !line.isEmpty(); line = head.readLine()) {
                key = line.startsWith("Sec-WebSocket-Key: ") ? line.substring(19) : key;
            }
            write(reader, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + WebSocket.accept(key) + "\r\n\r\n");
            reader.getOutputStream().write(message("{\"type\":\"welcome\"}"));
            requireHello(reader.getInputStream());
            reader.getOutputStream().write(message("{\"type\":\"joined\"}"));
        }

        private void requireHello(InputStream in) throws IOException {
            byte[] frame = in.readNBytes(6 + HELLO.length());
            StringBuilder text = new StringBuilder();
            for (int i = 6; i < frame.length; i++) {
                text.append((char) (frame[i] ^ frame[2 + (i - 6) % 4]));
            }
            if (!text.toString().equals(HELLO)) {
                throw new IOException("the reader says " + text);
            }
        }

        @Override
        byte[] piece(String text, boolean first, boolean last) {
            char opcode = (char) ((last ? 0x80 : 0) | (first ? Frame.TEXT : Frame.CONTINUATION));
            return (opcode + "" + (char) text.length() + text + (char) (0x80 | Frame.PING) + (char) 1 + "?")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        byte[] message(String json) {
            return pieces(json);
        }
    };

    private static final int PIECE = 3;

    abstract Endpoint endpoint(int port);

    /** The server's side of opening: what a reader that keeps to the rules takes as its greeting. */
    abstract void greet(Socket reader) throws IOException;

    abstract byte[] message(String json);

    abstract byte[] piece(String text, boolean first, boolean last);

    byte[] pieces(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at += PIECE) {
            int end = Math.min(text.length(), at + PIECE);
            out.writeBytes(piece(text.substring(at, end), at == 0, end == text.length()));
        }
        return out.toByteArray();
    }

    private static void write(Socket reader, String text) throws IOException {
        OutputStream out = reader.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
