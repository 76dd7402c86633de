package io.pado.realtime.log;

/** CDI event: announcements do not reach this node any more. Streams stay open, and say so. */
public record FeedLost() {
}
