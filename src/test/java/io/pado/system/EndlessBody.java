package io.pado.system;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of HTTP/2 by prior knowledge that sends one request with a body without an end, as fast as it is let. */
final class EndlessBody implements AutoCloseable {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_OF_HEADERS = 4;
    private static final int WINDOW = 65_535;
    private static final int PIECE = 16_384;
    private static final int SILENCE_MILLIS = 200;

    private final Socket socket;
    private final DataInputStream in;
    private int ofConnection = WINDOW;
    private int ofStream = WINDOW;

    private EndlessBody(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Connects, and sends the head of a request. */
    static EndlessBody post(URI node, String path) {
        try {
            EndlessBody body = new EndlessBody(new Socket(InetAddress.getLoopbackAddress(), node.getPort()));
            body.socket.setSoTimeout(SILENCE_MILLIS);
            body.socket.getOutputStream().write(PREFACE);
            body.write(SETTINGS, 0, 0, new byte[0]);
            body.write(HEADERS, END_OF_HEADERS, 1, head(path));
            return body;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Sends for so long, and stops as soon as the server closes.
     *
     * @return bytes that were sent
     */
    long sendFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        long sent = 0;
        try {
            while (System.nanoTime() < end) {
                if (Math.min(ofConnection, ofStream) >= PIECE && in.available() == 0) {
                    write(DATA, 0, 1, new byte[PIECE]);
                    ofConnection -= PIECE;
                    ofStream -= PIECE;
                    sent += PIECE;
                } else {
                    hear();
                }
            }
        } catch (IOException closed) {
            return sent;
        }
        return sent;
    }

    private void hear() throws IOException {
        byte[] start = new byte[9];
        try {
            start[0] = in.readByte();
        } catch (SocketTimeoutException nothing) {
            return;
        }
        in.readFully(start, 1, start.length - 1);
        ByteBuffer frame = ByteBuffer.wrap(start);
        byte[] content = new byte[frame.getInt() >>> Byte.SIZE];
        int type = start[3];
        in.readFully(content);
        if (type == WINDOW_UPDATE) {
            int more = ByteBuffer.wrap(content).getInt();
            if (frame.getInt(5) == 0) {
                ofConnection += more;
            } else {
                ofStream += more;
            }
        } else if (type == SETTINGS && start[4] != ACK) {
            write(SETTINGS, ACK, 0, new byte[0]);
        }
    }

    private void write(int type, int flags, int stream, byte[] content) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + content.length);
        frame.putInt(content.length << Byte.SIZE | type).put((byte) flags).putInt(stream).put(content);
        socket.getOutputStream().write(frame.array());
    }

    /** POST and http of HPACK's table, and what it has no value for, in plain letters. */
    private static byte[] head(String path) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(new byte[] {(byte) 0x83, (byte) 0x86});
        literal(head, new byte[] {0x04}, path);
        literal(head, new byte[] {0x01}, "localhost");
        literal(head, new byte[] {0x0f, 0x10}, "application/json");
        return head.toByteArray();
    }

    private static void literal(ByteArrayOutputStream head, byte[] name, String value) {
        head.writeBytes(name);
        head.write(value.length());
        head.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
