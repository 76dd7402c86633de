package io.pado.realtime.stream;

import io.pado.identity.Caller;
import io.pado.platform.problem.SentPath;
import io.pado.platform.proxy.Client;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Who asks for a stream, and from where.
 *
 * @param address  of the client; behind a proxy that is believed, the one that the proxy names
 * @param counted as whom limits count it, see {@link Client#counted}
 * @param peer     address of the other end of the connection: of the client, or of a proxy
 * @param port     of that end
 * @param endpoint path of the request
 */
public record StreamClient(Caller caller, String address, String counted, String peer, int port, String endpoint) {

    /** @return the client of a request */
    public static StreamClient of(Caller caller, Client client, HttpServletRequest request) {
        return new StreamClient(caller, client.address(), client.counted(), request.getRemoteAddr(), request.getRemotePort(), SentPath.of(request));
    }
}
