package io.pado.stores;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Looks at the TCP ports of this machine. An answer is true for the moment only: whoever binds next gets the port. */
public final class Ports {

    /** Linux gives connections ports from 32768 on, other systems from 49152. */
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int TRIES = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {
    }

    /** A port that nobody listens on right now, and that no connection is given as its own end; another one each time, in one process. */
    public static int free() {
        for (int tries = 0; tries < TRIES; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free TCP port from " + FIRST + " to " + LAST + " on this machine");
    }

    /** Whether a server could listen on the port, on the loopback address and on all addresses. */
    public static boolean isFree(int port) {
        return canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)) && canBind(new InetSocketAddress(port));
    }

    private static boolean canBind(InetSocketAddress address) {
        // It does not listen: a process that starts at this moment inherits it for a moment, and would be taken for a server.
        try (Socket socket = new Socket()) {
            // Connections that closed a moment ago still hold the port without this.
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }

    /** The port to use for an embedded store, checked; 0 in the setting means any free one. */
    static int forStore(Settings settings, String setting, int otherwise, StoreKind kind) {
        int port = settings.port(setting, otherwise);
        if (port == 0) {
            return free();
        }
        if (!isFree(port)) {
            throw new StoreFailure(("Port %d is already in use, so %s cannot start there: stop what uses it (another Pado, perhaps), "
                    + "choose another port with -D%s=, or name a running %s with -D%s= (%s).").formatted(port, kind.name(), setting,
                    kind.name(), kind.urlSetting(), Settings.environmentName(kind.urlSetting())));
        }
        return port;
    }
}
