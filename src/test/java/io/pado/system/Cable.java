package io.pado.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A way to a node, or to a store, that can be cut: then all connections over it break, and new ones are refused, until it is mended. Or it can be held:
 * then nothing goes through it any more, and nobody is told, as when a host is gone.
 */
final class Cable implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private volatile InetSocketAddress node;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile ServerSocket listening;
    private volatile CountDownLatch held = new CountDownLatch(0);

    private Cable(InetSocketAddress node) throws IOException {
        this.node = node;
        this.listening = listen(0);
        this.port = listening.getLocalPort();
        accept(listening);
    }

    static Cable to(URI node) {
        try {
            return new Cable(new InetSocketAddress(node.getHost(), node.getPort()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same to something else on this machine. */
    static Cable to(int port) {
        return to(URI.create("http://127.0.0.1:" + port));
    }

    /** Has connections that are made from now on lead to another port of this machine; those that are open stay. */
    void lead(int port) {
        node = new InetSocketAddress("127.0.0.1", port);
    }

    /** The node's address by way of this cable. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    void hold() {
        held = new CountDownLatch(1);
    }

    /** What was held goes through now. */
    void release() {
        held.countDown();
    }

    void cut() {
        close(listening);
        open.forEach(Cable::close);
    }

    void mend() {
        try {
            listening = listen(port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        accept(listening);
    }

    @Override
    public void close() {
        cut();
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        return socket;
    }

    private void accept(ServerSocket listener) {
        start(() -> {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                start(() -> carry(client, listener));
            }
        });
    }

    private void carry(Socket client, ServerSocket listener) throws IOException {
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        try (client; server) {
            server.connect(node);
            start(() -> pump(client, server));
            if (!listener.isClosed()) {
                pump(server, client);
            }
        }
    }

    /** Until one of them ends; then both do. */
    private void pump(Socket from, Socket to) throws IOException {
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[BUFFER];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                held.await();
                out.write(bytes, 0, count);
            }
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException brokenAsWished) {
                // Whoever reads from or writes to this end sees it, and that is what the cable is for.
            }
        }, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable end) {
        try {
            end.close();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
