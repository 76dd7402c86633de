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
            Path unpacked = ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
            return new RedisProgram(copied(unpacked), Optional.of(directory));
        } catch (IOException | OsArchitectureNotFound none) {
            Folders.delete(directory);
            throw new IOException("there is no bundled Redis for " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch"), none);
        }
    }

    /**
     * A program that this process wrote itself may be "busy": another store's process, forked at the same moment, may have it open
     * for writing. A copy that another program wrote is not.
     */
    private static Path copied(Path program) throws IOException {
        Optional<Path> cp = Programs.onPath("cp");
        if (cp.isEmpty()) {
            return program;
        }
        Path copy = program.resolveSibling(NAME + "-copy");
        try {
            int code = new ProcessBuilder(cp.get().toString(), "-p", program.toString(), copy.toString()).start().waitFor();
            return code == 0 ? copy : program;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unpacking", interrupted);
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
