package io.pado.stores;

import io.pado.stores.mongo.EmbeddedMongo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The embedded server. Kept data is written when it is closed, and only then: whoever kills this process loses what is new since the start. */
final class MongoInside implements MongoServer {

    private final EmbeddedMongo server;
    private final Optional<Path> file;

    /** @param directory for kept data */
    MongoInside(int port, Optional<Path> directory) {
        server = new EmbeddedMongo(port);
        file = directory.map(kept -> kept.resolve("data.bson"));
        file.filter(Files::exists).ifPresent(this::load);
    }

    EmbeddedMongo server() {
        return server;
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void pause() {
        server.pause();
    }

    @Override
    public void resume() {
        server.resume();
    }

    @Override
    public void close() {
        if (server.isClosed()) {
            return;
        }
        server.resume();
        server.stop();
        try {
            file.ifPresent(this::save);
        } finally {
            server.close();
        }
    }

    private void load(Path from) {
        try {
            server.load(Files.readAllBytes(from));
        } catch (IOException | RuntimeException unusable) {
            throw new StoreFailure("The kept data of MongoDB in %s cannot be read (%s): remove the file to begin without it."
                    .formatted(from, unusable), unusable);
        }
    }

    private void save(Path to) {
        try {
            Files.createDirectories(to.getParent());
            Path fresh = to.resolveSibling("data.new");
            Files.write(fresh, server.backup());
            Files.move(fresh, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            throw new UncheckedIOException("Cannot keep the data of MongoDB", full);
        }
    }
}
