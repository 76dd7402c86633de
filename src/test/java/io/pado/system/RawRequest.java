package io.pado.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A connection on which a test writes its requests byte by byte, as no client library would. */
final class RawRequest implements AutoCloseable {

    private static final long BREATH_NANOS = 1_000_000;
    private static final int DEADLINE_MILLIS = 40_000;

    private static final Logger LOG = Logger.getLogger(RawRequest.class.getName());

    private final Socket socket;
    private final AtomicLong sent = new AtomicLong();

    private RawRequest(Socket socket) {
        this.socket = socket;
    }

    /** Connects, and sends what is given. */
    static RawRequest send(URI node, String text) {
        return send(node, "127.0.0.1", text);
    }

    /** The same from another address of this machine. */
    static RawRequest send(URI node, String from, String text) {
        try {
            RawRequest request = new RawRequest(new Socket(InetAddress.getByName("127.0.0.1"), node.getPort(), InetAddress.getByName(from), 0));
            request.socket.setSoTimeout(DEADLINE_MILLIS);
            return request.send(text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The head of a request with a JSON body that is not sent yet. */
    static String head(String path, String more) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + more + "\r\n";
    }

    RawRequest send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawRequest send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends the same again and again, for as long as it is taken. */
    void sendUntilClosed(byte[] bytes) {
        try {
            while (true) {
                socket.getOutputStream().write(bytes);
                sent.addAndGet(bytes.length);
                // The server is to have much to read, not the clients all of the processor.
                LockSupport.parkNanos(BREATH_NANOS);
            }
        } catch (IOException closed) {
            LOG.log(Level.FINE, "Sent until the end", closed);
        }
    }

    /** Bytes that {@link #sendUntilClosed} has sent. */
    long sent() {
        return sent.get();
    }

    /** Waits until the server has answered and closed, or has sent this text. */
    String answerWith(String end) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] bytes = new byte[4_096];
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                answer.write(bytes, 0, count);
                if (answer.toString(StandardCharsets.UTF_8).contains(end)) {
                    break;
                }
            }
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(answer.toString(StandardCharsets.UTF_8), failure);
        }
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
