package io.pado.platform.sql;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.stream.Stream;

/** What failures of PostgreSQL mean to a caller. */
public final class SqlFailures {

    /**
     * Beginnings of SQLSTATE: no connection, a sequence at its end, a transaction that may not write or was given up, a prepared statement that is
     * missing, a login that is refused, a schema that is missing, a transaction undone, a right or a table that is missing, too little of
     * something, a lock that is not given, an operator's intervention, an error of its machine.
     */
    private static final String[] PASSING = {"08", "2200H", "25", "26000", "28", "3F000", "40", "42501", "42P01", "53", "55", "57", "58"};

    private static final String TAKEN = "23505";

    private SqlFailures() {
    }

    /** @return whether the same request can succeed later, without a change of Pado: by itself, or when an operator has mended the database */
    public static boolean mayPass(Throwable failure) {
        return failure instanceof SQLException sql && (sql instanceof SQLTransientException || isOfThatKind(sql));
    }

    /** @return whether that is so of a failure or of any of its causes */
    public static boolean mayPassOfCause(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(SqlFailures::mayPass);
    }

    /** @return whether somebody has what may be there only once (SQLSTATE 23505) */
    public static boolean isTaken(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql && TAKEN.equals(sql.getSQLState()));
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
