package io.pado.realtime;

import io.pado.identity.Caller;

/**
 * CDI event: a stream of this node goes on with a fresh token. Observers must not block.
 *
 * @param connectionId the stream's unique name
 * @param caller       who listens, by the fresh token
 */
public record StreamProlonged(String connectionId, Caller caller) {
}
