package io.pado.bench;

import java.util.function.IntFunction;

/**
 * Where a server's readers listen, on 127.0.0.1, and how. {@code path}: the request path for the reader with this
 * number; all of them get the same events. {@code hello}: what a reader says once the answer's head has come; empty:
 * nothing. {@code greeting}: a reader counts as open when a message with this text has come; empty: with the head.
 * {@code unmarked}: of the messages without a number those with this text count; empty: all.
 */
record Endpoint(int port, Transport transport, IntFunction<String> path, String hello, String greeting, String unmarked) {

    /** An event stream whose readers count as open when {@code greeting} has come. */
    static Endpoint events(int port, IntFunction<String> path, String greeting) {
        return new Endpoint(port, new EventStream(), path, "", greeting, "");
    }

    /** A WebSocket whose readers say {@code hello} and count as open when {@code greeting} has come. */
    static Endpoint webSocket(int port, String path, String hello, String greeting) {
        return new Endpoint(port, new WebSocket(), reader -> path, hello, greeting, "");
    }

    /** The same, where of the messages without a number only those with this text count. */
    Endpoint counting(String text) {
        return new Endpoint(port, transport, path, hello, greeting, text);
    }

    byte[] request(int reader) {
        return transport.request(port, path.apply(reader));
    }
}
