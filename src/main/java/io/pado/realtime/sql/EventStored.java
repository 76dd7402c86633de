package io.pado.realtime.sql;

/**
 * CDI event: the current transaction has written an outbox row.
 *
 * @param paced whether the row may have to wait for others of its kind, see {@link DrainPass}
 */
public record EventStored(boolean paced) {
}
