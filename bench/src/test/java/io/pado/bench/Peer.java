package io.pado.bench;

import java.io.IOException;
import java.util.OptionalInt;

/** One server under test, with whatever it needs around it. Started once; closing it twice does no harm. */
interface Peer extends AutoCloseable {
    /** What the tables call it. */
    String name();

    /** Starts the server and returns when it takes requests. */
    void start() throws IOException, InterruptedException;

    /** The server's process, of which CPU, memory and descriptors are measured. */
    long pid();

    /** Where it listens, on 127.0.0.1. */
    int port();

    /** The request path of an event stream for the reader with this number. All of them get the same events. */
    String path(int reader);

    /** A new connection by which events reach all readers. */
    Publisher publisher() throws IOException;

    /** How many readers the server believes it has, or nothing if it does not say. */
    OptionalInt connections() throws IOException;

    /** Stops the server and what was started with it. */
    @Override
    void close() throws IOException, InterruptedException;
}
