package io.pado.platform.sql;

/** It is time to delete rows that count for nothing any more; a CDI event. An observer has a transaction of its own, and may be asked again. */
public record Purge() {
}
