package io.pado.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.error.OsArchitectureNotFound;

/** The Redis server to run: the one on the {@code PATH}, else the bundled one, unpacked into a temporary directory. */
final class RedisProgram implements AutoCloseable {

    private static final String NAME = "redis-server";

    private final Path program;
    private final Optional<Path> unpacked;

    private RedisProgram(Path program, Optional<Path> unpacked) {
        this.program = program;
        this.unpacked = unpacked;
    }

    static RedisProgram find() throws IOException {
        Optional<Path> installed = Programs.onPath(NAME);
        return installed.isPresent() ? new RedisProgram(installed.get(), Optional.empty()) : unpack();
    }

    private static RedisProgram unpack() throws IOException {
        Path directory = Files.createTempDirectory("pado-redis-");
        try {
            Path program = ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
            return new RedisProgram(program, Optional.of(directory));
        } catch (IOException | OsArchitectureNotFound none) {
            Folders.delete(directory);
            throw new IOException("there is no bundled Redis for " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch"), none);
        }
    }

    boolean bundled() {
        return unpacked.isPresent();
    }

    /**
     * The command line. Where {@code setsid} exists, Redis gets a session of its own: Ctrl-C reaches the launcher but not Redis,
     * which therefore outlives the server that still writes to it. The process stays the direct child, with its own id.
     */
    List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        Programs.onPath("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.add(program.toString());
        command.addAll(options);
        return command;
    }

    @Override
    public void close() {
        unpacked.ifPresent(Folders::delete);
    }
}
