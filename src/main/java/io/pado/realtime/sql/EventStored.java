package io.pado.realtime.sql;

/** CDI event: the current transaction has written an outbox row. */
public record EventStored() {
}
