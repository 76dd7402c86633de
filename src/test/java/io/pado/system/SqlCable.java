package io.pado.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A way to a PostgreSQL on this machine on which one connection can be lost at its {@code COMMIT}. Whoever uses it has to send that word as a text
 * ({@code prepareThreshold=0}) and without TLS.
 */
final class SqlCable implements AutoCloseable {

    /** When the connection is lost. */
    enum Loss {
        /** The database does not hear of it, and gives the transaction up. */
        BEFORE_IT_IS_DONE,
        /** The database has done it, and its answer is lost. */
        AFTER_IT_IS_DONE
    }

    /** @param text what the connection's transaction sends before */
    private record Plan(String text, Loss loss) {
    }

    private static final String COMMIT = "COMMIT\0";
    private static final int BUFFER = 65_536;

    private final int database;
    private final ServerSocket listening;
    private final AtomicReference<Plan> next = new AtomicReference<>();

    private SqlCable(int database) throws IOException {
        this.database = database;
        this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    static SqlCable to(int database) {
        try {
            SqlCable cable = new SqlCable(database);
            start(cable::accept);
            return cable;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Has the connection over which a text is sent be lost at its next {@code COMMIT}: one, once. */
    void loseCommitAfter(String text, Loss loss) {
        next.set(new Plan(text, loss));
    }

    /** @return whether a connection was lost as planned, or nothing was planned */
    boolean hasLost() {
        return next.get() == null;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            start(() -> new Line(client, new Socket(InetAddress.getLoopbackAddress(), database)).carry());
        }
    }

    /** One connection. What it sends is looked at in the pieces in which it comes, which are whole: the driver waits for each answer. */
    private final class Line {

        private final Socket client;
        private final Socket server;
        private Plan mine;
        private volatile boolean silent;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void carry() throws IOException {
            start(this::answers);
            try (client; server) {
                byte[] piece = new byte[BUFFER];
                InputStream in = client.getInputStream();
                for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                    String sent = new String(piece, 0, length, StandardCharsets.ISO_8859_1);
                    Plan plan = next.get();
                    if (plan != null && sent.contains(plan.text())) {
                        mine = plan;
                    }
                    if (mine != null && sent.contains(COMMIT) && next.compareAndSet(mine, null)) {
                        if (mine.loss() == Loss.BEFORE_IT_IS_DONE) {
                            return;
                        }
                        silent = true;
                    }
                    server.getOutputStream().write(piece, 0, length);
                }
            }
        }

        private void answers() throws IOException {
            try (client; server) {
                byte[] piece = new byte[BUFFER];
                OutputStream out = client.getOutputStream();
                InputStream in = server.getInputStream();
                for (int length = in.read(piece); length >= 0 && !silent; length = in.read(piece)) {
                    out.write(piece, 0, length);
                }
            }
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
                // One of the two ends has closed it.
            }
        }, "sql-cable");
        thread.setDaemon(true);
        thread.start();
    }
}
