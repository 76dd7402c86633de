package io.pado.bench;

import java.util.function.IntFunction;

/**
 * Where a server's readers listen, on 127.0.0.1, and how. {@code path}: the request path for the reader with this
 * number; all of them get the same events. {@code hello}: what a reader says once the answer's head has come; empty:
 * nothing. {@code greeting}: a reader counts as open when a message with this text has come; empty: with the head.
 */
record Endpoint(int port, Transport transport, IntFunction<String> path, String hello, String greeting) {

    /** An event stream whose readers count as open when {@code greeting} has come. */
    static Endpoint events(int port, IntFunction<String> path, String greeting) {
        return new Endpoint(port, new EventStream(), path, "", greeting);
    }

    /** A WebSocket whose readers say {@code hello} and count as open when {@code greeting} has come. */
    static Endpoint webSocket(int port, String path, String hello, String greeting) {
        return new Endpoint(port, new WebSocket(), reader -> path, hello, greeting);
    }

    byte[] request(int reader) {
        return transport.request(port, path.apply(reader));
    }
}
