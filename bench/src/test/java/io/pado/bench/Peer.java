package io.pado.bench;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** One server under test, with whatever it needs around it. Started once; closing it twice does no harm. */
interface Peer extends AutoCloseable {
    /** What the tables call it. */
    String name();

    /** Whether a scenario makes sense for it. */
    boolean takesPart(Scenario scenario);

    /** Starts the server and returns when it takes requests. */
    void start() throws IOException, InterruptedException;

    /** The server's process, of which CPU, memory and descriptors are measured. */
    long pid();

    /** Where readers of event streams listen. */
    Endpoint events();

    /** Where readers by WebSocket listen; asked for only if it takes part in such a scenario. */
    Endpoint webSocket();

    /** A new connection by which events reach all readers. */
    Publisher publisher() throws IOException;

    /** How many readers the server believes it has, or nothing if it does not say. */
    OptionalInt connections() throws IOException;

    /** The server's Java, if it has one. */
    Optional<Jvm> jvm();

    /** Stops the server and what was started with it. */
    @Override
    void close() throws IOException, InterruptedException;
}
