package io.pado.stores;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The end of a process's log, for telling the user why it failed. Reads at most the last 64 KiB. */
public final class LogTail {

    private static final int MAX_BYTES = 64 * 1024;
    private static final Pattern NOTHING_SAID = Pattern.compile("\\s*|\\s+at .*");

    private LogTail() {
    }

    /** The last lines that say something, oldest first: no blank ones, stack frames or repetitions. Empty without a log. */
    public static List<String> lines(Path log, int count) {
        List<String> all = new ArrayList<>();
        for (String line : end(log, 0).lines().filter(line -> !NOTHING_SAID.matcher(line).matches()).toList()) {
            if (all.isEmpty() || !line.equals(all.get(all.size() - 1))) {
                all.add(line);
            }
        }
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    /** The first line, from an offset in bytes on, in which the pattern is found. */
    public static Optional<String> find(Path log, long from, Pattern pattern) {
        return end(log, from).lines().filter(pattern.asPredicate()).findFirst();
    }

    /** The last line that speaks of an error, else the last line. */
    static Optional<String> cause(Path log) {
        List<String> lines = lines(log, 30);
        return last(lines.stream().filter(LogTail::isError).toList()).or(() -> last(lines)).map(String::strip);
    }

    private static boolean isError(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return lower.contains("error") || lower.contains("fatal") || lower.contains("cannot") || lower.contains("failed");
    }

    private static Optional<String> last(List<String> lines) {
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
    }

    private static String end(Path log, long from) {
        if (!Files.isRegularFile(log)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long length = file.length();
            long start = Math.min(length, Math.max(from, length - MAX_BYTES));
            byte[] bytes = new byte[(int) (length - start)];
            file.seek(start);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "(" + log + " cannot be read: " + unreadable.getMessage() + ")";
        }
    }
}
