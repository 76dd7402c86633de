package io.pado.presence;

import java.time.Instant;

/**
 * Says that the stream lives.
 *
 * @param timestamp the server's time, UTC, milliseconds
 */
public record Heartbeat(Instant timestamp) {
}
