package io.pado.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands a server's JVM through {@code jcmd} of the Java that runs this program. HotSpot only. */
final class Jvm {
    private static final Pattern USED = Pattern.compile("used ([0-9]+)K");
    private static final long PATIENCE_SECONDS = 60;

    private final long pid;

    Jvm(long pid) {
        this.pid = pid;
    }

    /**
     * Makes resident memory mean live memory: a full collection with a heap that may keep only 1 % of slack. The
     * limits it had are set again afterwards.
     */
    void shrinkToLive() throws IOException, InterruptedException {
        String flags = jcmd("VM.flags", "-all");
        String min = flag(flags, "MinHeapFreeRatio");
        String max = flag(flags, "MaxHeapFreeRatio");
        jcmd("VM.set_flag", "MinHeapFreeRatio", "0");
        jcmd("VM.set_flag", "MaxHeapFreeRatio", "1");
        try {
            // The first one may leave what only finalizers and cleaners hold.
            jcmd("GC.run");
            jcmd("GC.run");
        } finally {
            jcmd("VM.set_flag", "MaxHeapFreeRatio", max);
            jcmd("VM.set_flag", "MinHeapFreeRatio", min);
        }
    }

    /** Collects all garbage. The heap has its usual room afterwards, whatever it had before. */
    void collect() throws IOException, InterruptedException {
        jcmd("GC.run");
    }

    /** Used heap in KiB; right after {@link #shrinkToLive} that is live objects. */
    long heapKib() throws IOException, InterruptedException {
        String text = jcmd("GC.heap_info");
        Matcher used = USED.matcher(text);
        if (!used.find()) {
            throw new IOException("no heap size in: " + text);
        }
        return Long.parseLong(used.group(1));
    }

    private static String flag(String flags, String name) throws IOException {
        Matcher value = Pattern.compile("\\b" + name + "\\s*=\\s*(\\d+)").matcher(flags);
        if (!value.find()) {
            throw new IOException("no " + name + " in the flags of the JVM");
        }
        return value.group(1);
    }

    private String jcmd(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(Long.toString(pid));
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", line) + " failed: " + text);
        }
        return text;
    }
}
