package io.pado.realtime.log;

/** CDI event: the log takes events again, after {@link WritesRefused}. */
public record WritesAccepted() {
}
