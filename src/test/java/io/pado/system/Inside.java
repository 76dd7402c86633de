package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.launch.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A look into the process of a node, on Linux. */
final class Inside {

    private static final int TICKS_A_SECOND = 100;

    private Inside() {
    }

    /** The lines of the node's histogram of classes, split into columns: number, count, bytes, name. A full collection comes before it. */
    static Stream<String[]> histogram(Node node) {
        try {
            Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(node.pid()),
                    "GC.class_histogram").redirectErrorStream(true).start();
            String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains("io.pado.realtime.hub.Hub");
            return text.lines().map(line -> line.strip().split("\\s+"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Bytes of all objects that are in use. */
    static long heap(Node node) {
        return histogram(node).filter(columns -> columns[0].equals("Total")).mapToLong(columns -> Long.parseLong(columns[2])).findFirst().orElseThrow();
    }

    /** Bytes of the process in the memory of the machine. */
    static long resident(Node node) {
        try (Stream<String> lines = Files.lines(proc(node).resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElseThrow();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Seconds for which each thread has used a processor, by its number and the beginning of its name. */
    static Map<String, Double> processorSeconds(Node node) {
        try (Stream<Path> tasks = Files.list(proc(node).resolve("task"))) {
            return tasks.map(Inside::stat).filter(stat -> !stat.isEmpty())
                    .collect(Collectors.toMap(stat -> stat.substring(0, stat.lastIndexOf(')') + 1), Inside::used, (a, b) -> a, TreeMap::new));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static Path proc(Node node) {
        return Path.of("/proc", Long.toString(node.pid()));
    }

    /** What the system says of a thread; nothing if that has ended meanwhile. */
    private static String stat(Path task) {
        try {
            return Files.readString(task.resolve("stat"));
        } catch (IOException ended) {
            return "";
        }
    }

    /** Of the numbers behind the name the 12th and 13th are ticks in the program and in the system. */
    private static double used(String stat) {
        String[] numbers = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Double.parseDouble(numbers[11]) + Double.parseDouble(numbers[12])) / TICKS_A_SECOND;
    }
}
