package io.pado.platform.sql;

import io.pado.platform.StartOrder;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema to this version before anything uses it. Several nodes may start at once: Flyway lets one of them work and
 * the others wait.
 */
@ApplicationScoped
public class Migrations {

    /** On Liberty Flyway finds a folder by an empty file {@code flyway.location} in it; it also looks for {@code db/callback}. */
    private static final String SCRIPTS = "classpath:db/migration";

    @Resource(lookup = "jdbc/pado", shareable = false)
    private DataSource database;

    void migrate(@Observes @Priority(StartOrder.MIGRATE) Startup startup) throws SQLException {
        PoolerCheck.requireStatementsStay(database);
        migrate(database);
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
