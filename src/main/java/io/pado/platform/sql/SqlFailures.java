package io.pado.platform.sql;

import jakarta.transaction.HeuristicMixedException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What failures of PostgreSQL mean to a caller. */
public final class SqlFailures {

    /**
     * Beginnings of SQLSTATE that say nothing of the database's state: no connection, a transaction that may not write or was given up, a prepared
     * statement that is missing, a transaction undone, an operator's intervention.
     */
    private static final String[] PASSING = {"08", "25", "26000", "40", "57"};

    private static final String[] AWAY = {"08", "57P", "53300"};

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String CANCELED = "57014";

    /**
     * What the database refuses as it is now, until somebody mends it or leaves it in peace, by SQLSTATE or its class; the names are PostgreSQL's: a
     * sequence at its end, a login, a database, a schema, a right or a table that is missing, too little of something, a lock that is not given, a time
     * that was over, an error of its machine.
     */
    private static final Map<String, String> REFUSALS = Map.ofEntries(
            Map.entry("2200H", "sequence_generator_limit_exceeded"),
            Map.entry("28", "invalid_authorization_specification"),
            Map.entry("28P01", "invalid_password"),
            Map.entry("3D000", "invalid_catalog_name"),
            Map.entry("3F000", "invalid_schema_name"),
            Map.entry("42501", "insufficient_privilege"),
            Map.entry("42P01", "undefined_table"),
            Map.entry("53", "insufficient_resources"),
            Map.entry("53100", "disk_full"),
            Map.entry("53300", "too_many_connections"),
            Map.entry("55", "object_not_in_prerequisite_state"),
            Map.entry(LOCK_NOT_AVAILABLE, "lock_not_available"),
            Map.entry(CANCELED, "query_canceled"),
            Map.entry("58", "system_error"));
    private static final int CLASS = 2;

    private static final String TAKEN = "23505";

    /** Beginnings of SQLSTATE: the connection was lost, or ended from the other side. */
    private static final String[] LOST = {"08", "57P"};

    private SqlFailures() {
    }

    /** @return whether the same request can succeed later, without a change of Pado: by itself, or when an operator has mended the database */
    public static boolean mayPass(Throwable failure) {
        return failure instanceof SQLException sql && (sql instanceof SQLTransientException || isOfThatKind(sql));
    }

    /** @return whether that is so of a failure or of any of its causes */
    public static boolean mayPassOfCause(Throwable failure) {
        return causes(failure).anyMatch(SqlFailures::mayPass);
    }

    /**
     * @return whether the connection was lost while a transaction was committed, so that nobody on this side knows whether it was. Liberty says "mixed"
     *         of every commit that fails; of one that the database has refused it is known that nothing was done
     */
    public static boolean isUnknown(Throwable failure) {
        return causes(failure).anyMatch(HeuristicMixedException.class::isInstance) && causes(failure).anyMatch(cause -> cause instanceof SQLException sql
                && sql.getSQLState() != null && Stream.of(LOST).anyMatch(sql.getSQLState()::startsWith));
    }

    /** @return with which SQLSTATE, and its name, the database has refused, of a failure or of any of its causes; none if it is away, or takes no writes */
    public static Optional<String> refusal(Throwable failure) {
        return causes(failure).flatMap(cause -> cause instanceof SQLException sql ? refusal(sql).stream() : Stream.empty()).findFirst();
    }

    /** @return whether the database, in a failure or in any of its causes, is not there, or takes no connection yet, or none more */
    public static boolean isAwayOfCause(Throwable failure) {
        return causes(failure).anyMatch(cause -> cause instanceof SQLException sql && sql.getSQLState() != null
                && Stream.of(AWAY).anyMatch(sql.getSQLState()::startsWith));
    }

    /** @return whether it took too long to get a lock that others have: that says nothing of other tables */
    public static boolean isOfALock(SQLException failure) {
        return LOCK_NOT_AVAILABLE.equals(failure.getSQLState()) || CANCELED.equals(failure.getSQLState());
    }

    /** @return whether somebody has what may be there only once (SQLSTATE 23505) */
    public static boolean isTaken(Throwable failure) {
        return causes(failure).anyMatch(cause -> cause instanceof SQLException sql && TAKEN.equals(sql.getSQLState()));
    }

    private static boolean isOfThatKind(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (Stream.of(PASSING).anyMatch(state::startsWith) || refusal(failure).isPresent() || isPlanOfOldTable(failure));
    }

    private static Optional<String> refusal(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return Optional.ofNullable(REFUSALS.getOrDefault(state, REFUSALS.get(state.substring(0, Math.min(CLASS, state.length())))))
                .map(name -> state + ' ' + name);
    }

    /** A statement that was prepared before a table changed; 0A000 is also said of what PostgreSQL does not know at all. */
    private static boolean isPlanOfOldTable(SQLException failure) {
        return failure.getSQLState().equals("0A000") && String.valueOf(failure.getMessage()).contains("cached plan");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
