package io.pado.system;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A WebSocket whose client sends exactly the bytes that it is told to, also those that break the rules, and notes what comes back. */
final class RawSocket implements AutoCloseable {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;
    static final int FINAL = 0x80;

    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};
    private static final int PATIENCE_MILLIS = 20_000;

    private final java.net.Socket socket;
    private final DataInputStream input;
    private String answer = "";

    /**
     * What a server sent until its connection ended.
     *
     * @param closeCode 0 if it sent no close frame, or one without a code
     */
    record Heard(List<String> texts, List<String> pongs, int closeCode) {
    }

    private RawSocket(java.net.Socket socket) throws IOException {
        this.socket = socket;
        this.input = new DataInputStream(socket.getInputStream());
    }

    static RawSocket open(URI base, String path) throws IOException {
        return open(base, path, new java.net.Socket(base.getHost(), base.getPort()));
    }

    /** The same from another address of this machine. */
    static RawSocket open(URI base, String path, String from) throws IOException {
        return open(base, path, new java.net.Socket(InetAddress.getByName(base.getHost()), base.getPort(), InetAddress.getByName(from), 0));
    }

    private static RawSocket open(URI base, String path, java.net.Socket socket) throws IOException {
        RawSocket opened = new RawSocket(socket);
        opened.socket.setSoTimeout(PATIENCE_MILLIS);
        opened.socket.setTcpNoDelay(true);
        String key = Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        opened.send(("GET " + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        opened.answer = opened.head();
        if (!opened.answer.startsWith("HTTP/1.1 101 ")) {
            opened.close();
            throw new IOException("Not opened: " + opened.answer);
        }
        return opened;
    }

    /** @return the head of the answer that opened it */
    String answer() {
        return answer;
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Hears until the connection ends. A server that neither answers nor ends it in 20 s fails the test. */
    Heard hear() throws IOException {
        List<String> texts = new ArrayList<>();
        List<String> pongs = new ArrayList<>();
        int code = 0;
        try {
            while (true) {
                int kind = input.readUnsignedByte() & 0x0F;
                String payload = new String(input.readNBytes(length()), StandardCharsets.ISO_8859_1);
                switch (kind) {
                    case TEXT -> texts.add(utf8(payload));
                    case PONG -> pongs.add(payload);
                    case CLOSE -> code = payload.length() < Short.BYTES ? 0 : payload.charAt(0) << 8 | payload.charAt(1);
                    default -> { } // a ping
                }
            }
        } catch (EOFException | SocketException over) {
            return new Heard(texts, pongs, code);
        }
    }

    /** @return a whole, masked frame, its length as short as it can be */
    static byte[] frame(int first, byte[] payload) {
        int form = payload.length < 126 ? 1 : payload.length < 65_536 ? Short.BYTES : Long.BYTES;
        return frame(first, form, payload.length, payload);
    }

    /** @param form bytes in which the length is said: 1, 2 or 8. @param length what is said of it */
    static byte[] frame(int first, int form, long length, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        switch (form) {
            case 1 -> frame.put((byte) (0x80 | length));
            case Short.BYTES -> frame.put((byte) (0x80 | 126)).putShort((short) length);
            default -> frame.put((byte) (0x80 | 127)).putLong(length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i % MASK.length]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    static byte[] frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] close(int code, byte... reason) {
        return frame(FINAL | CLOSE, ByteBuffer.allocate(2 + reason.length).putShort((short) code).put(reason).array());
    }

    private int length() throws IOException {
        int length = input.readUnsignedByte() & 0x7F;
        return length < 126 ? length : length == 126 ? input.readUnsignedShort() : (int) input.readLong();
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = input.read();
            if (next < 0) {
                throw new EOFException("Only this came: " + head);
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
