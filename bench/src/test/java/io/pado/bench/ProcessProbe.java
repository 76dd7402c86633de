package io.pado.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Reads one process's use of the machine from {@code /proc}: Linux only. */
final class ProcessProbe {
    /** Linux shows times to programs in 1/100 s on every architecture that Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000L;

    private final Path directory;

    ProcessProbe(long pid) {
        directory = Path.of("/proc", Long.toString(pid));
    }

    /** CPU time that the process has used so far, user and system, all threads: nanoseconds in steps of 10 ms. */
    long cpuNanos() throws IOException {
        String stat = Files.readString(directory.resolve("stat"));
        // The second field is the program's name in brackets, and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
    }

    /** Resident memory in KiB: shared pages by their share (PSS), or all of them (VmRSS) where PSS cannot be read. */
    long residentKib() throws IOException {
        Path rollup = directory.resolve("smaps_rollup");
        OptionalLong pss = Files.isReadable(rollup) ? kib(rollup, "Pss:") : OptionalLong.empty();
        return pss.isPresent() ? pss.getAsLong() : kib(directory.resolve("status"), "VmRSS:").orElseThrow();
    }

    /** Open file descriptors. */
    int descriptors() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.resolve("fd"))) {
            for (Path ignored : entries) {
                count++;
            }
        } catch (NoSuchFileException e) {
            throw new IOException("the server has ended: no " + directory, e);
        }
        return count;
    }

    private static OptionalLong kib(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).findFirst();
    }
}
