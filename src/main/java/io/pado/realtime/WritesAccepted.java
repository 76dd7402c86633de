package io.pado.realtime;

/** CDI event: the log takes events again, after {@link WritesRefused}. */
public record WritesAccepted() {
}
