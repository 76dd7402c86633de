package io.pado.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Publishes by HTTP POST over one kept-alive connection, one request at a time, so that the server cannot overtake
 * itself. Connects anew when the server has ended the connection after an answer, and when the connection has been idle
 * for so long that the server may end it any moment.
 */
final class HttpPublisher implements Publisher {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final int port;
    private final String headStart;
    private final byte[] buffer = new byte[16 * 1024];
    private Socket socket;
    private long usedNanos;

    /** Will POST {@code application/json} to {@code path} of {@code 127.0.0.1:port}. */
    HttpPublisher(int port, String path) {
        this.port = port;
        this.headStart = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
    }

    @Override
    public int mostAtOnce() {
        return 1;
    }

    @Override
    public int publish(List<byte[]> events) throws IOException {
        for (byte[] json : events) {
            post(json);
        }
        return 0;
    }

    private void post(byte[] json) throws IOException {
        if (socket != null && System.nanoTime() - usedNanos > IDLE_NANOS) {
            close();
        }
        if (socket == null) {
            connect();
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream(headStart.length() + json.length + 16);
        request.write((headStart + json.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        request.write(json);
        socket.getOutputStream().write(request.toByteArray());
        ResponseHead head = readAnswer(socket.getInputStream());
        usedNanos = System.nanoTime();
        if (head.status() / 100 != 2) {
            throw new IOException("POST was answered with " + head.status());
        }
        if (head.header("connection").equalsIgnoreCase("close")) {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    private void connect() throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    private ResponseHead readAnswer(InputStream in) throws IOException {
        ResponseHead head = new ResponseHead();
        int length = 0;
        int at = 0;
        while (!head.complete()) {
            length = readSome(in);
            at = head.feed(buffer, 0, length);
        }
        if (head.chunked()) {
            skipChunks(in, at, length);
        } else if (!head.header("content-length").isEmpty()) {
            skipBytes(in, Long.parseLong(head.header("content-length")) - (length - at));
        } else if (head.status() != 204) {
            throw new IOException("an answer of unknown length, status " + head.status());
        }
        return head;
    }

    private void skipChunks(InputStream in, int from, int to) throws IOException {
        ChunkedBody body = new ChunkedBody();
        body.feed(buffer, from, to, (bytes, start, end) -> { });
        while (!body.done()) {
            body.feed(buffer, 0, readSome(in), (bytes, start, end) -> { });
        }
    }

    private void skipBytes(InputStream in, long count) throws IOException {
        long left = count;
        while (left > 0) {
            left -= readSome(in);
        }
    }

    private int readSome(InputStream in) throws IOException {
        int length = in.read(buffer);
        if (length < 0) {
            throw new IOException("the server has closed the publisher's connection");
        }
        return length;
    }
}
