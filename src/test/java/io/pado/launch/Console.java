package io.pado.launch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;

/**
 * The terminal of the person who started Pado: progress on one stream, warnings and the one failure on the other. Thread-safe.
 * It writes to the terminal itself: the streams of {@code System} belong to Maven, whose colouring breaks them while it shuts
 * down, just when there is something to tell.
 */
final class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final Charset charset;

    Console(OutputStream out, OutputStream err, Charset charset) {
        this.out = new PrintStream(out, true, charset);
        this.err = new PrintStream(err, true, charset);
        this.charset = charset;
    }

    static Console ofProcess() {
        // Java 17 has no name for the terminal's own encoding but the second; later ones use the first.
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        return new Console(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err),
                name == null ? Charset.defaultCharset() : Charset.forName(name));
    }

    void say(String line) {
        out.println(line);
    }

    /** Only where the terminal can show the letters. */
    void sayIfPrintable(String line) {
        if (charset.newEncoder().canEncode(line)) {
            say(line);
        }
    }

    void warn(String line) {
        err.println("Warning: " + line);
    }

    /** Why it did not work: what the log said, then one sentence. */
    void fail(List<String> details, String sentence) {
        details.forEach(line -> err.println("  | " + line));
        err.println(sentence);
    }
}
