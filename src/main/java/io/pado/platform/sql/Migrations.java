package io.pado.platform.sql;

import io.pado.platform.Backoff;
import io.pado.platform.StartOrder;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema to this version before anything uses it. Several nodes may start at once: Flyway lets one of them work and
 * the others wait.
 */
@ApplicationScoped
public class Migrations {

    /** On Liberty Flyway finds a folder by an empty file {@code flyway.location} in it; it also looks for {@code db/callback}. */
    private static final String SCRIPTS = "classpath:db/migration";

    private static final long MAX_PAUSE_MILLIS = 5_000;

    /** Its statements may take as long as they need. */
    @Resource(lookup = "jdbc/pado-migrations", shareable = false)
    private DataSource database;

    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Waits for a database that is away, or takes no connection yet: the node is not ready until then. */
    void migrate(@Observes @Priority(StartOrder.MIGRATE) Startup startup) throws SQLException, InterruptedException {
        Backoff backoff = new Backoff("The start of the database", MAX_PAUSE_MILLIS);
        for (Exception failure = attempt(); failure != null; failure = attempt()) {
            if (stopping.await(backoff.failed(failure), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The server stops before the database was there", failure);
            }
        }
        backoff.succeeded();
    }

    @PreDestroy
    void stop() {
        stopping.countDown();
    }

    /** @return what may pass by itself; null if all is done */
    private Exception attempt() throws SQLException {
        try {
            PoolerCheck.requireStatementsStay(database);
            migrate(database);
            return null;
        } catch (SQLException | FlywayException failure) {
            if (SqlFailures.isAwayOfCause(failure)) {
                return failure;
            }
            throw failure;
        }
    }

    /** Brings the schema of a database to this version; does nothing if it has it. */
    public static void migrate(DataSource database) {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations(SCRIPTS)
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }
}
