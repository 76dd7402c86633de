package io.pado.realtime;

import io.pado.identity.Caller;

/**
 * CDI event: this node has let a stream in, of whatever transport. Observers must not block.
 *
 * @param connectionId the stream's unique name
 * @param caller       who listens
 * @param endpoint     path of the request: {@code /sse/votes}
 */
public record StreamOpened(String connectionId, Caller caller, String endpoint) {
}
