package io.pado.platform.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Finds out at the start whether prepared statements stay where they were made. Behind a pooler in transaction mode they do not: each transaction of
 * a connection may have another server process. Then the driver must not prepare any, or requests fail now and then.
 */
final class PoolerCheck {

    /** From its fifth use on the driver keeps a statement in the server. */
    private static final int OFTEN_ENOUGH = 6;
    /** Behind a pooler that others use meanwhile a statement may find its server process again by chance, but not each time. */
    private static final int ROUNDS = 20;
    /** The server process does not know a statement, or knows another one of its name. */
    private static final Set<String> LOST = Set.of("26000", "42P05");

    private PoolerCheck() {
    }

    /**
     * @param database gives a connection of its own each time
     * @throws IllegalStateException if statements get lost
     */
    static void requireStatementsStay(DataSource database) throws SQLException {
        try (Connection first = database.getConnection(); PreparedStatement statement = first.prepareStatement("SELECT 1")) {
            for (int i = 0; i < OFTEN_ENOUGH; i++) {
                statement.executeQuery().close();
            }
            for (int i = 0; i < ROUNDS; i++) {
                repeatBesideAnother(database, statement);
            }
        } catch (SQLException failure) {
            if (LOST.contains(String.valueOf(failure.getSQLState()))) {
                throw new IllegalStateException("PostgreSQL is behind a pooler that gives each transaction another connection (PgBouncer's transaction"
                        + " mode): put ?prepareThreshold=0 at the end of pado.sql.url.", failure);
            }
            throw failure;
        }
    }

    /** The other one takes the server process that a pooler had for the statement until now. */
    private static void repeatBesideAnother(DataSource database, PreparedStatement statement) throws SQLException {
        try (Connection other = database.getConnection(); PreparedStatement holding = other.prepareStatement("SELECT 2")) {
            other.setAutoCommit(false);
            holding.executeQuery().close();
            statement.executeQuery().close();
            other.rollback();
            other.setAutoCommit(true);
        }
    }
}
