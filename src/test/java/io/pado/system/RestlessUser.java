package io.pado.system;

import io.pado.launch.Node;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A user who opens streams on some node and closes them, in order or by a reset, as chance has it. Reads no events. Thread-safe. */
final class RestlessUser {

    private static final int PATIENCE_MILLIS = 3_000;
    private static final int MAX_TABS = 3;
    private static final List<String> PATHS = List.of("/sse/votes?client_id=a", "/api/presence/stream", "/api/stream?topic=public:a");

    private final Login login;
    private final List<Tab> tabs = new ArrayList<>(); // guarded by this

    private record Tab(Socket socket, Node node, long pid) {

        /** Whether the process that had the stream still runs. */
        boolean lives() {
            return node.isRunning() && node.pid() == pid;
        }
    }

    RestlessUser(Login login) {
        this.login = login;
    }

    Login login() {
        return login;
    }

    /** Does one thing. */
    synchronized void act(Random random, List<Node> nodes) {
        tabs.removeIf(tab -> !tab.lives());
        if (tabs.isEmpty() || tabs.size() < MAX_TABS && random.nextBoolean()) {
            open(nodes.get(random.nextInt(nodes.size())), random);
        } else {
            close(tabs.remove(random.nextInt(tabs.size())), random.nextBoolean());
        }
    }

    /** Comes to rest, with a stream or without. */
    synchronized void settle(boolean online, Random random, List<Node> nodes) {
        tabs.removeIf(tab -> !tab.lives());
        if (!online) {
            tabs.forEach(tab -> close(tab, random.nextBoolean()));
            tabs.clear();
        }
        for (int i = 0; online && tabs.isEmpty(); i++) {
            open(nodes.get(i % nodes.size()), random);
        }
    }

    private void open(Node node, Random random) {
        if (!node.isRunning()) {
            return;
        }
        long pid = node.pid();
        URI base = node.baseUri();
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n".formatted(PATHS.get(random.nextInt(PATHS.size())),
                    base.getAuthority(), login.token());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            if (!new String(head(socket.getInputStream()), StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200")) {
                throw new IOException("refused");
            }
            tabs.add(new Tab(socket, node, pid));
        } catch (IOException notNow) {
            close(new Tab(socket, node, pid), false);
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        byte[] head = in.readNBytes(12);
        if (head.length < 12) {
            throw new IOException("The server hung up");
        }
        return head;
    }

    private static void close(Tab tab, boolean byReset) {
        try {
            tab.socket().setSoLinger(byReset, 0);
            tab.socket().close();
        } catch (IOException gone) {
            // It is to be gone.
        }
    }
}
