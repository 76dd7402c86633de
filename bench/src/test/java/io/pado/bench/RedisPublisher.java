package io.pado.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Publishes on a Redis channel by the plain protocol; several events in one write. */
final class RedisPublisher implements Publisher {
    private static final int PATIENCE_MILLIS = 10_000;
    /** Commands in one write. */
    private static final int PIPELINED = 128;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final byte[] head;

    /** Connects to {@code host:port}; no password. */
    RedisPublisher(String host, int port, String channel) throws IOException {
        socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        int length = channel.getBytes(StandardCharsets.UTF_8).length;
        head = ("*3\r\n$7\r\nPUBLISH\r\n$" + length + "\r\n" + channel + "\r\n$").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int mostAtOnce() {
        return PIPELINED;
    }

    @Override
    public int publish(List<byte[]> events) throws IOException {
        ByteArrayOutputStream commands = new ByteArrayOutputStream();
        for (byte[] json : events) {
            commands.write(head);
            commands.write((json.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            commands.write(json);
            commands.write('\r');
            commands.write('\n');
        }
        socket.getOutputStream().write(commands.toByteArray());
        int unheard = 0;
        for (int i = 0; i < events.size(); i++) {
            unheard += readAnswer() == 0 ? 1 : 0;
        }
        return unheard;
    }

    /** How many listened to one event. */
    private long readAnswer() throws IOException {
        String reply = readLine();
        if (!reply.startsWith(":")) {
            throw new IOException("Redis says " + reply);
        }
        return Long.parseLong(reply.substring(1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("Redis has closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
