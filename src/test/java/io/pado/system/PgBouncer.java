package io.pado.system;

import static org.awaitility.Awaitility.await;

import io.pado.launch.Skipped;
import io.pado.stores.Ports;
import io.pado.stores.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real PgBouncer in transaction mode before a PostgreSQL, for one test class: each transaction may have another connection. */
final class PgBouncer implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String CONFIGURATION = """
            [databases]
            pado = host=127.0.0.1 port=%d
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = trust
            auth_file = %s
            pool_mode = transaction
            default_pool_size = 5
            max_client_conn = 200
            """;

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test where the program is not there. */
    static PgBouncer before(int postgres) {
        String program = Programs.onPath("pgbouncer")
                .orElseThrow(() -> Skipped.because("PostgreSQL behind PgBouncer: apt-get install pgbouncer.")).toString();
        try {
            int port = Ports.free();
            // It does not run as root, and another user has to read these.
            Path directory = Files.createTempDirectory("pgbouncer");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path users = Files.writeString(directory.resolve("users"), "\"pado\" \"\"\n");
            Path configuration = Files.writeString(directory.resolve("pgbouncer.ini"), CONFIGURATION.formatted(postgres, port, users));
            List<String> command = new ArrayList<>(List.of(program));
            if (System.getProperty("user.name").equals("root")) {
                command.addAll(List.of("-u", "nobody"));
            }
            command.add(configuration.toString());
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "pgbouncer-" + port + ".log").toFile()).start();
            PgBouncer bouncer = new PgBouncer(process, port);
            await().atMost(DEADLINE).until(() -> !Ports.isFree(port));
            return bouncer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The address of the database, without the setting that it needs. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/pado";
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
