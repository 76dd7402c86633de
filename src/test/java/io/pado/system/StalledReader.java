package io.pado.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A client that asks for a stream and never reads of it, with the smallest buffer that its system gives it. */
final class StalledReader implements AutoCloseable {

    private static final int BUFFER = 4_096;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final List<Path> CONNECTION_TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String ESTABLISHED = "01";

    private final Socket socket;

    private StalledReader(Socket socket) {
        this.socket = socket;
    }

    static StalledReader open(URI base, String path) {
        return open(base, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path).getBytes(StandardCharsets.US_ASCII));
    }

    /** Asks for a topic on a WebSocket. What is sent before the handshake is answered the container may drop. */
    static StalledReader live(URI base, String topic) {
        StalledReader reader = open(base, ("GET /live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        byte[] command = ("{\"type\":\"subscribe\",\"topics\":[\"" + topic + "\"]}").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        // A text frame whose mask is 0.
        frame.writeBytes(new byte[] {(byte) 0x81, (byte) (0x80 | command.length), 0, 0, 0, 0});
        frame.writeBytes(command);
        try {
            reader.readHead();
            reader.socket.getOutputStream().write(frame.toByteArray());
            return reader;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static StalledReader open(URI base, byte[] request) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(BUFFER);
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            socket.getOutputStream().write(request);
            return new StalledReader(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void readHead() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("Only this came: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 101 ")) {
            throw new IOException("Not opened: " + head);
        }
    }

    /** Whether the operating system can tell without reading, which would end the stall. */
    static boolean canSeeConnections() {
        return Files.isReadable(CONNECTION_TABLES.get(0));
    }

    /** Whether the server's end is open; of a closed one the system only sends what was written before. */
    boolean serverHoldsIt() {
        String server = port(socket.getPort());
        String client = port(socket.getLocalPort());
        return CONNECTION_TABLES.stream().filter(Files::isReadable).flatMap(table -> lines(table).stream())
                .map(line -> line.strip().split("\\s+"))
                .anyMatch(row -> row[1].endsWith(server) && row[2].endsWith(client) && ESTABLISHED.equals(row[3]));
    }

    /** Reads at last. @return whether the connection then ends, be it in order or not */
    boolean endsWhenRead() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            InputStream in = socket.getInputStream();
            byte[] some = new byte[BUFFER];
            long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
            while (in.read(some) >= 0) {
                if (System.nanoTime() > until) {
                    return false;
                }
            }
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }

    private static String port(int port) {
        return ":%04X".formatted(port);
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
