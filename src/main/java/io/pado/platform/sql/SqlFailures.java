package io.pado.platform.sql;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.stream.Stream;

/** What failures of PostgreSQL mean to a caller. */
public final class SqlFailures {

    /**
     * Beginnings of SQLSTATE: no connection, a transaction that may not write or was given up, a prepared statement that is missing, a login
     * that is refused, a transaction undone, a right that is missing, too little of something, a lock that is not given, an operator's
     * intervention, an error of its machine.
     */
    private static final String[] PASSING = {"08", "25", "26000", "28", "40", "42501", "53", "55", "57", "58"};

    private static final String DUPLICATE = "23505";

    private SqlFailures() {
    }

    /** @return whether the same request can succeed later, without a change of Pado: by itself, or when an operator has mended the database */
    public static boolean mayPass(Throwable failure) {
        return failure instanceof SQLException sql && (sql instanceof SQLTransientException || isOfThatKind(sql));
    }

    /** @return whether a failure, or what caused it, is that something is there already which there may be once only */
    public static boolean isDuplicate(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(each -> each instanceof SQLException sql && DUPLICATE.equals(sql.getSQLState()));
    }

    private static boolean isOfThatKind(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (Stream.of(PASSING).anyMatch(state::startsWith) || isPlanOfOldTable(failure));
    }

    /** A statement that was prepared before a table changed; 0A000 is also said of what PostgreSQL does not know at all. */
    private static boolean isPlanOfOldTable(SQLException failure) {
        return failure.getSQLState().equals("0A000") && String.valueOf(failure.getMessage()).contains("cached plan");
    }
}
