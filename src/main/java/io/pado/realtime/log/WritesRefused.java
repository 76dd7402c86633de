package io.pado.realtime.log;

/**
 * CDI event: the log can be read, but takes no events any more. Streams stay open, and say so.
 *
 * @param cause what its store said
 */
public record WritesRefused(String cause) {
}
