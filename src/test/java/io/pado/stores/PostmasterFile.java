package io.pado.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The file in which a PostgreSQL writes its process id as long as it runs: how to find one that nobody holds a handle of. */
final class PostmasterFile {

    private static final int END_SECONDS = 30;

    private final Path file;
    /** Process start times are counted in hundredths of a second, so be generous by one second. */
    private final Instant since = Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.SECONDS);

    private PostmasterFile(Path file) {
        this.file = file;
    }

    static PostmasterFile of(Path dataDirectory) {
        return new PostmasterFile(dataDirectory.resolve("postmaster.pid"));
    }

    /** After a failed start: ends what came up late, but not what ran in this directory before. */
    void endIfYoungerThanThis() {
        process().filter(this::isYounger).ifPresent(PostmasterFile::end);
    }

    /** Returns when the database has ended; one that does not is killed, which its log of changes survives. */
    void awaitEnd() {
        process().ifPresent(PostmasterFile::end);
    }

    private boolean isYounger(ProcessHandle process) {
        return process.info().startInstant().filter(start -> start.isAfter(since)).isPresent();
    }

    private static void end(ProcessHandle process) {
        // SIGINT is the fast mode, SIGTERM would wait for every client; only the latter can be sent from Java.
        process.destroy();
        try {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException stubborn) {
            process.destroyForcibly();
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Optional<ProcessHandle> process() {
        try {
            return Files.readAllLines(file).stream().findFirst().map(String::strip).map(Long::parseLong).flatMap(ProcessHandle::of);
        } catch (NoSuchFileException ended) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file, unreadable);
        }
    }
}
