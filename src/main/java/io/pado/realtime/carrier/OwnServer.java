package io.pado.realtime.carrier;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** This server as its clients see it, for as long as a proof may take. */
public final class OwnServer {

    /** Answers a HEAD once the application has started. */
    public static final String PROOF_PATH = "/api/carrier-proof";

    private final InetSocketAddress address;
    private final String context;
    private final String header;
    private final long deadline;

    /**
     * @param address where it listens without TLS
     * @param context what all paths of the application begin with
     * @param header  of all requests
     */
    OwnServer(InetSocketAddress address, String context, String header, Duration most) {
        this.address = address;
        this.context = context;
        this.header = header;
        this.deadline = System.nanoTime() + most.toNanos();
    }

    /** @return a connection on which this was asked: the line of a request, without the version; more headers, each with its line's end */
    public OwnConnection ask(String method, String path, String headers) throws IOException {
        OwnConnection connection = new OwnConnection(address, deadline);
        try {
            connection.say(method + ' ' + context + path + " HTTP/1.1\r\nHost: " + address.getHostString() + ':' + address.getPort() + "\r\n" + header + "\r\n"
                    + headers + "\r\n");
            return connection;
        } catch (IOException failed) {
            connection.close();
            throw failed;
        }
    }

    /** @return whether the application answers already */
    boolean answers() {
        try (OwnConnection connection = ask("HEAD", PROOF_PATH, "Connection: close\r\n")) {
            return connection.head().startsWith("HTTP/1.1 200 ");
        } catch (IOException notYet) {
            return false;
        }
    }
}
