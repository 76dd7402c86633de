package io.pado.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that makes mistakes on purpose: its reader 1 misses event 2, reader 2 gets event 3 twice, reader 3 gets
 * events 4 and 5 the wrong way round, reader 4 is cut off after event 6. It sends three bytes a chunk or a frame.
 */
final class FaultyServer implements Publisher {
    private final ServerSocket socket;
    private final FaultyWire wire;
    private final List<Socket> readers = new CopyOnWriteArrayList<>();
    private byte[] heldBack = new byte[0];
    private int published;

    FaultyServer(FaultyWire wire) throws IOException {
        this.wire = wire;
        socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "faulty-server");
        thread.setDaemon(true);
        thread.start();
    }

    Endpoint endpoint() {
        return wire.endpoint(socket.getLocalPort());
    }

    @Override
    public int mostAtOnce() {
        return 2;
    }

    @Override
    public int publish(List<byte[]> events) throws IOException {
        for (byte[] json : events) {
            for (int reader = 0; reader < readers.size(); reader++) {
                deliver(reader, json);
            }
            published++;
        }
        return 0;
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
            // Not closed: with unread pongs that would be a reset, which takes what is on its way along.
            readers.get(reader).shutdownOutput();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket reader = socket.accept();
                wire.greet(reader);
                readers.add(reader);
            }
        } catch (IOException closed) {
            if (!socket.isClosed()) {
                throw new IllegalStateException(closed);
            }
        }
    }

    private void send(Socket reader, byte[] json) throws IOException {
        reader.getOutputStream().write(wire.message(new String(json, StandardCharsets.US_ASCII)));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket reader : readers) {
            reader.close();
        }
    }
}
