package io.pado.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the embedded stores of one run keep their files: with {@code pado.data} a directory that stays and that only one run
 * at a time may use, otherwise a temporary one that goes when this is closed.
 */
final class DataDirectory implements AutoCloseable {

    static final String SETTING = "pado.data";

    private final Path root;
    private final Optional<DirectoryLock> lock;

    private DataDirectory(Path root, Optional<DirectoryLock> lock) {
        this.root = root;
        this.lock = lock;
    }

    static DataDirectory open(Settings settings) {
        Optional<String> given = settings.get(SETTING);
        try {
            return given.isPresent() ? keep(Path.of(given.get()).toAbsolutePath().normalize())
                    : new DataDirectory(Files.createTempDirectory("pado-"), Optional.empty());
        } catch (IOException unusable) {
            throw new StoreFailure("The data directory %s cannot be used (%s): name a directory you can write to with -D%s=."
                    .formatted(given.orElse(System.getProperty("java.io.tmpdir")), unusable, SETTING), unusable);
        }
    }

    private static DataDirectory keep(Path root) throws IOException {
        DirectoryLock lock = DirectoryLock.take(root.resolve("pado.lock")).orElseThrow(() -> new StoreFailure(
                "The data directory %s is in use by another Pado: stop that one, or name another directory with -D%s=."
                        .formatted(root, SETTING)));
        return new DataDirectory(root, Optional.of(lock));
    }

    /** Whether the files outlive this run. */
    boolean kept() {
        return lock.isPresent();
    }

    Path root() {
        return root;
    }

    /** A store's own directory, which may not exist yet. */
    Path of(String store) {
        return root.resolve(store);
    }

    /** A store's log, beside its directory. */
    Path log(String store) {
        return root.resolve(store + ".log");
    }

    @Override
    public void close() {
        if (!kept()) {
            Folders.delete(root);
            return;
        }
        try {
            lock.get().close();
        } catch (IOException stays) {
            throw new UncheckedIOException("Cannot release the data directory " + root, stays);
        }
    }
}
