package io.pado.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports for servers below the range from which the readers' own ports are taken. */
final class FreePort {
    private static final int FIRST = 9300;
    private static final int LAST = 9999;

    private FreePort() {
    }

    /** A port of 9300 to 9999 that nobody listens on at this moment. */
    static int find() throws IOException {
        IOException last = null;
        for (int port = FIRST; port <= LAST; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException inUse) {
                last = inUse;
            }
        }
        throw new IOException("no free port from " + FIRST + " to " + LAST, last);
    }
}
