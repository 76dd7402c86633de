package io.pado.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The machine that the numbers come from. */
final class Machine {
    private static final Path STAT = Path.of("/proc/stat");
    private static final long NANOS_PER_TICK = 10_000_000L;

    private Machine() {
    }

    /** One line: cores, memory, kernel, Java, date (UTC). */
    static String line() throws IOException {
        long kib = Long.parseLong(Files.readAllLines(Path.of("/proc/meminfo")).get(0).replaceAll("[^0-9]", ""));
        return "%d cores, %d GiB, Linux %s %s, Java %s (%s), %s".formatted(Runtime.getRuntime().availableProcessors(),
                Math.round(kib / 1048576.0), System.getProperty("os.version"), System.getProperty("os.arch"),
                Runtime.version(), System.getProperty("java.vendor"), LocalDate.now(ZoneOffset.UTC));
    }

    /** CPU time that all cores together have been busy since the machine's start: nanoseconds in steps of 10 ms. */
    static long busyNanos() throws IOException {
        String[] fields = Files.readAllLines(STAT).get(0).trim().split(" +");
        long busy = 0;
        // user nice system (idle iowait) irq softirq; stolen time and guests are not ours to count.
        for (int field : new int[] {1, 2, 3, 6, 7}) {
            busy += Long.parseLong(fields[field]);
        }
        return busy * NANOS_PER_TICK;
    }
}
