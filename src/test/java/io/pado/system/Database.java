package io.pado.system;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A look into the tables. */
final class Database {

    private Database() {
    }

    static long count(DataSource database, String table) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
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

    /** Takes a lock by a statement, in a transaction that ends when the answer is closed. */
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

    /** An open transaction with a lock. */
    record Hold(Connection connection) implements AutoCloseable {

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
