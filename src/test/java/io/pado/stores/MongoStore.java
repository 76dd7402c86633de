package io.pado.stores;

import io.pado.stores.mongo.EmbeddedMongo;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A MongoDB on the loopback address, a replica set of one member: a child process where there is a {@code mongod}, otherwise the embedded server,
 * in this process. A test may stop it and start it again on the same port, or let it hang. Thread-safe.
 */
public final class MongoStore implements Store {

    private static final String DIRECTORY = "mongo";
    private static final String PROGRAM = "mongod";

    private final String name;
    private final int port;
    private final MongoServer server;

    private MongoStore(String name, int port, MongoServer server) {
        this.name = name;
        this.port = port;
        this.server = server;
    }

    static MongoStore start(StoreKind kind, int port, DataDirectory data) {
        return start(kind, port, data, Programs.onPath(PROGRAM));
    }

    /** @param program to run; without one the embedded server is used */
    static MongoStore start(StoreKind kind, int port, DataDirectory data, Optional<Path> program) {
        MongoServer server = program.isPresent()
                ? new MongoProgram(kind, program.get(), port, data.of(DIRECTORY), data.log(DIRECTORY))
                : new MongoInside(port, data.kept() ? Optional.of(data.of(DIRECTORY)) : Optional.empty());
        MongoStore store = new MongoStore(kind.name() + (program.isPresent() ? "" : " (embedded)"), port, server);
        try {
            store.start();
            return store;
        } catch (RuntimeException failure) {
            store.close();
            throw failure;
        }
    }

    /** Starts again on the same port, with the data that was there when it was stopped. */
    public synchronized void start() {
        server.start();
    }

    /** Stops in an orderly way: connections are closed, new ones refused. */
    public synchronized void stop() {
        server.stop();
    }

    /** Lets it hang: connections stay open, and nothing is answered until {@link #resume}. */
    public synchronized void pause() {
        server.pause();
    }

    public synchronized void resume() {
        server.resume();
    }

    /** The embedded server, for what can be done to it only; empty where a {@code mongod} runs. */
    public Optional<EmbeddedMongo> inside() {
        return server instanceof MongoInside embedded ? Optional.of(embedded.server()) : Optional.empty();
    }

    public int port() {
        return port;
    }

    /** With the name of the database. */
    public String url() {
        return MongoKind.url(port);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public boolean embedded() {
        return true;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(MongoKind.URL, url());
    }

    @Override
    public synchronized void close() {
        server.close();
    }
}
