package io.pado.system;

import io.pado.launch.NodeJs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The screens of {@code client/screens}, served with a node's {@code /api} beside them, as a developer's server does it. */
final class ReactScreens implements AutoCloseable {

    private static final Path PROGRAM = Path.of("client", "screens", "run");
    private static final Path LOG = Path.of("target", "react-screens.log");
    private static final long DEADLINE_SECONDS = 120;

    private final Process server;
    private final URI uri;

    private ReactScreens(Process server, URI uri) {
        this.server = server;
        this.uri = uri;
    }

    static ReactScreens of(URI node) {
        NodeJs.orSkip("The screens in React");
        try {
            Process server = new ProcessBuilder("bash", PROGRAM.toString(), node.toString()).redirectError(LOG.toFile()).start();
            try {
                return new ReactScreens(server, URI.create(firstLine(server)));
            } catch (RuntimeException failure) {
                end(server);
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Installing what it needs may take its time. */
    private static String firstLine(Process server) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                BufferedReader lines = server.inputReader();
                String line = lines.readLine();
                if (line == null) {
                    throw new IllegalStateException("The screens do not start; see " + LOG);
                }
                return line;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }).orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }

    URI screen(String name) {
        return uri.resolve(name);
    }

    /** How many streams the screens have opened. */
    int streams() {
        return Http.json(Http.get(uri, "/streams").body()).getInt("streams");
    }

    @Override
    public void close() {
        end(server);
    }

    private static void end(Process server) {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly().onExit().join();
    }
}
