package io.pado.realtime.log;

/**
 * CDI event: announcements of all followed topics reach this node again. Fired on the announcements' own thread, so that nothing
 * new is handed out before what was missed.
 */
public record FeedRestored() {
}
