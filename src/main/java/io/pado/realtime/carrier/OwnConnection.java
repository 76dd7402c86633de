package io.pado.realtime.carrier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A connection of this server to itself that shows every byte, until a moment in {@code System.nanoTime()}. Not thread-safe. */
public final class OwnConnection implements AutoCloseable {

    private static final int MAX_IN_A_LINE = 8 * 1024;

    private final Socket socket = new Socket();
    private final long deadline;
    private final InputStream input;

    OwnConnection(InetSocketAddress address, long deadline) throws IOException {
        this.deadline = deadline;
        try {
            socket.connect(address, millisLeft());
            input = socket.getInputStream();
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    public void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.UTF_8));
    }

    public void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** @return the lines of an answer's head, each with a line feed */
    public String head() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    /** @return the next line, without its end */
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = next(); next != '\n'; next = next()) {
            if (next < 0 || line.size() > MAX_IN_A_LINE) {
                throw new IOException("It ended in a line, or the line is too long");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** @return the next byte, negative when the server has closed the connection */
    public int next() throws IOException {
        socket.setSoTimeout(millisLeft());
        return input.read();
    }

    /** Takes the next bytes. @throws IOException if they are others */
    public void expect(byte[] expected) throws IOException {
        for (int i = 0; i < expected.length; i++) {
            int next = next();
            if (next != (expected[i] & 0xFF)) {
                throw new IOException("Byte " + i + " of '" + new String(expected, StandardCharsets.UTF_8) + "' was " + next);
            }
        }
    }

    /** Takes the end of the connection. @throws IOException if there is more */
    public void expectEnd() throws IOException {
        int next = next();
        if (next >= 0) {
            throw new IOException("There was a byte after the end: " + next);
        }
    }

    private int millisLeft() throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException("It took too long");
        }
        return (int) millis;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
