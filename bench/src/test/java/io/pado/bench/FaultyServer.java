package io.pado.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An event-stream server that makes mistakes on purpose: its reader 1 misses event 2, reader 2 gets event 3 twice,
 * reader 3 gets events 4 and 5 the wrong way round, reader 4 is cut off after event 6. It sends three bytes a chunk.
 */
final class FaultyServer implements Publisher {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n";

    private final ServerSocket socket;
    private final List<Socket> readers = new CopyOnWriteArrayList<>();
    private byte[] heldBack = new byte[0];
    private int published;

    FaultyServer() throws IOException {
        socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "faulty-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public boolean publish(byte[] json) throws IOException {
        for (int reader = 0; reader < readers.size(); reader++) {
            deliver(reader, json);
        }
        published++;
        return true;
    }

    private void deliver(int reader, byte[] json) throws IOException {
        if (reader == 1 && published == 2 || reader == 4 && published > 6) {
            return;
        }
        if (reader == 3 && published == 4) {
            heldBack = json;
            return;
        }
        send(readers.get(reader), json);
        if (reader == 2 && published == 3) {
            send(readers.get(reader), json);
        }
        if (reader == 3 && published == 5) {
            send(readers.get(reader), heldBack);
        }
        if (reader == 4 && published == 6) {
            readers.get(reader).close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket reader = socket.accept();
                reader.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
                readers.add(reader);
                send(reader, "hello".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException closed) {
            if (!socket.isClosed()) {
                throw new IllegalStateException(closed);
            }
        }
    }

    private static void send(Socket reader, byte[] json) throws IOException {
        OutputStream out = reader.getOutputStream();
        String event = "data: " + new String(json, StandardCharsets.US_ASCII) + "\n\n";
        for (int at = 0; at < event.length(); at += 3) {
            String piece = event.substring(at, Math.min(event.length(), at + 3));
            out.write((piece.length() + "\r\n" + piece + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket reader : readers) {
            reader.close();
        }
    }
}
