package io.pado.system;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A look into the tables. */
final class Database {

    /** Whoever holds it keeps all nodes from publishing what waits in the outbox. */
    static final String OUTBOX_GATE = "SELECT id FROM outbox_gate WHERE id = 1 FOR UPDATE";

    private Database() {
    }

    static long count(DataSource database, String table) {
        return number(database, "SELECT count(*) FROM " + table);
    }

    static long number(DataSource database, String query) {
        return Long.parseLong(text(database, query));
    }

    static String text(DataSource database, String query) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static void execute(DataSource database, String sql) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Takes a lock by a statement, in a transaction that ends when the answer is closed, or committed before. */
    static Hold hold(DataSource database, String lockingSql) {
        try {
            Connection connection = database.getConnection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(lockingSql);
            }
            return new Hold(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A connection for statements one after the other, each a transaction of its own. */
    static Session session(DataSource database) {
        try {
            return new Session(database.getConnection());
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Its settings are kept from one statement to the next. */
    record Session(Connection connection) implements AutoCloseable {

        void execute(String sql) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** An open transaction with a lock. */
    record Hold(Connection connection) implements AutoCloseable {

        void commit() {
            try {
                connection.commit();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Override
        public void close() {
            try (connection) {
                connection.rollback();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
