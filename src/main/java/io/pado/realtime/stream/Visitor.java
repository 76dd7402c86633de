package io.pado.realtime.stream;

import io.pado.identity.Caller;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Who asks for a stream, and from where.
 *
 * @param address  of the client; behind a proxy that is believed, the one that the proxy names
 * @param port     of the other end of the connection
 * @param endpoint path of the request
 */
public record Visitor(Caller caller, String address, int port, String endpoint) {

    /** @return the visitor of a request */
    public static Visitor of(Caller caller, HttpServletRequest request) {
        return new Visitor(caller, request.getRemoteAddr(), request.getRemotePort(), request.getRequestURI());
    }
}
