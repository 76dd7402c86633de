package io.pado.system;

import static org.awaitility.Awaitility.await;

import io.pado.launch.Skipped;
import io.pado.stores.Ports;
import io.pado.stores.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real nginx before a node, for one test. */
final class Nginx implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log error.log;
            events { worker_connections 256; }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                upstream backend { server 127.0.0.1:%d; }
                server {
                    listen 127.0.0.1:%d;
            %s
                }
            }
            """;

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param locations of its server, which name the node {@code http://backend} */
    static Nginx before(URI node, String locations) {
        String program = Programs.onPath("nginx").orElseThrow(() -> Skipped.because("Streams behind nginx: apt-get install nginx-light.")).toString();
        try {
            int port = Ports.free();
            Path directory = Files.createDirectories(Path.of("target", "nginx-" + port)).toAbsolutePath();
            Files.writeString(directory.resolve("nginx.conf"), CONFIGURATION.formatted(node.getPort(), port, locations));
            Process process = new ProcessBuilder(program, "-p", directory.toString(), "-c", "nginx.conf", "-e", "error.log")
                    .redirectErrorStream(true).redirectOutput(directory.resolve("out.log").toFile()).start();
            Nginx nginx = new Nginx(process, port);
            await().atMost(DEADLINE).until(() -> !Ports.isFree(port));
            return nginx;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    URI uri() {
        return URI.create("http://localhost:" + port + "/");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
