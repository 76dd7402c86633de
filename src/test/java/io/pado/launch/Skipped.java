package io.pado.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.opentest4j.TestAbortedException;

/**
 * What a build left out because this machine lacks a program. Each is noted in a file when it is skipped; the build's last step tells them in one
 * closing line, or fails because of them where that is asked for ({@code -Dpado.skips=fail}).
 */
public final class Skipped {

    private static final Path NOTES = Path.of("target", "skipped.txt");

    private Skipped() {
    }

    /**
     * Skips the test that calls it, and those that follow from it.
     *
     * @param what what is not tested, and how to have it tested
     */
    public static TestAbortedException because(String what) {
        try {
            Files.createDirectories(NOTES.getParent());
            Files.writeString(NOTES, what + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return new TestAbortedException(what);
    }

    /** Run by the build after all tests. */
    public static void main(String[] arguments) throws IOException {
        if (!Files.exists(NOTES)) {
            return;
        }
        List<String> all = Files.readAllLines(NOTES).stream().distinct().toList();
        Files.delete(NOTES);
        String line = "Skipped, because this machine lacks a program: " + String.join(" ", all);
        if (System.getProperty("pado.skips", "tell").equals("fail")) {
            throw new LaunchFailure(line);
        }
        Console.ofProcess().say(line);
    }
}
