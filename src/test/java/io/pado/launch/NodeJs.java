package io.pado.launch;

import io.pado.stores.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Node.js, npm and bash, with which some tests run what is written in JavaScript. */
public final class NodeJs {

    private static final int OLDEST = 20;

    private NodeJs() {
    }

    /**
     * Skips the test that calls it where these programs are not, or are too old.
     *
     * @param subject what would be tested: {@code The screens in React}
     */
    public static void orSkip(String subject) {
        if (!Stream.of("node", "npm", "bash").allMatch(name -> Programs.onPath(name).isPresent()) || version() < OLDEST) {
            throw Skipped.because(subject + ": Node.js " + OLDEST + " or later, npm and bash must be on the PATH.");
        }
    }

    private static int version() {
        try {
            Process node = new ProcessBuilder("node", "-p", "process.versions.node.split('.')[0]").start();
            return Integer.parseInt(new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
