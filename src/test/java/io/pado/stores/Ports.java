package io.pado.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks at the TCP ports of this machine. An answer is true for the moment only: whoever binds next gets the port. */
public final class Ports {

    private Ports() {
    }

    /** A port that nobody listens on right now. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException("No free TCP port on this machine", noPort);
        }
    }

    /** Whether a server could listen on the port, on the loopback address and on all addresses. */
    public static boolean isFree(int port) {
        return canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)) && canBind(new InetSocketAddress(port));
    }

    private static boolean canBind(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
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
