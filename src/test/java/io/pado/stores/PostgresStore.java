package io.pado.stores;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A real PostgreSQL as a child process on the loopback address, with a database {@code pado} that a user of the same name owns.
 * Trusts every local connection, so it is for demos and tests. It runs in a session of its own: Ctrl-C reaches the launcher but
 * not the database, which therefore outlives the server that still writes to it.
 */
public final class PostgresStore implements Store {

    private static final Duration START_DEADLINE = Duration.ofSeconds(30);
    private static final String DIRECTORY = "postgresql";

    private final String name;
    private final EmbeddedPostgres server;
    private final Path files;

    private PostgresStore(String name, EmbeddedPostgres server, Path files) {
        this.name = name;
        this.server = server;
        this.files = files;
    }

    static PostgresStore start(StoreKind kind, int port, DataDirectory data) {
        Path files = data.of(DIRECTORY);
        Path log = data.log(DIRECTORY);
        PostmasterFile postmaster = PostmasterFile.of(files);
        try {
            Files.createDirectories(files.getParent());
            // An earlier run's complaints must not be taken for this one's.
            Files.deleteIfExists(log);
            PostgresStore store = new PostgresStore(kind.name(), builder(port, files, log, data.kept()).start(), files);
            store.createDatabase();
            return store;
        } catch (IOException | RuntimeException | SQLException failure) {
            postmaster.endIfYoungerThanThis();
            throw explain(kind, log, failure);
        }
    }

    private static EmbeddedPostgres.Builder builder(int port, Path files, Path log, boolean kept) {
        // The library always passes -F (no fsync); what comes later on the command line wins.
        String durable = kept ? "on" : "off";
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(files)
                .setCleanDataDirectory(false)
                // The launcher decides the order in which things end.
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_DEADLINE)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                // The same order and messages on every machine, whatever its locale.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "200")
                .setServerConfig("fsync", durable)
                .setServerConfig("full_page_writes", durable)
                .setServerConfig("synchronous_commit", durable);
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = 'pado'")) {
                statement.execute("CREATE ROLE pado LOGIN PASSWORD 'pado'");
            }
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = 'pado'")) {
                statement.execute("CREATE DATABASE pado OWNER pado");
            }
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            return found.next();
        }
    }

    private static StoreFailure explain(StoreKind kind, Path log, Exception failure) {
        String reason = LogTail.cause(log).orElse(String.valueOf(failure.getMessage()));
        if (reason.contains("cannot be run as root")) {
            return new StoreFailure(("PostgreSQL does not run as root, and this system does not allow `unshare -U`: run Pado as an "
                    + "ordinary user, or name a running PostgreSQL with -D%s= (%s).").formatted(SqlKind.URL,
                    Settings.environmentName(SqlKind.URL)), failure);
        }
        return kind.cannotStart(reason, failure);
    }

    public int port() {
        return server.getPort();
    }

    /** Connections to the database as the application's user, each a new one. */
    public DataSource dataSource() {
        return SqlKind.dataSource(SqlKind.url(port()), SqlKind.DEFAULT_NAME, SqlKind.DEFAULT_NAME);
    }

    /** The same as the user who may do everything. */
    public DataSource superuser() {
        return SqlKind.dataSource(SqlKind.url(port()), "postgres", "");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port();
    }

    @Override
    public boolean embedded() {
        return true;
    }

    @Override
    public Map<String, String> settings() {
        return SqlKind.settings(SqlKind.url(port()), SqlKind.DEFAULT_NAME, SqlKind.DEFAULT_NAME);
    }

    /** Ends the database in its "fast" mode, in which open connections are cut and nothing committed is lost. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException stays) {
            throw new UncheckedIOException("Cannot stop PostgreSQL", stays);
        }
        // The library gives up after five seconds and says nothing; a long last checkpoint takes more.
        PostmasterFile.of(files).awaitEnd();
    }
}
