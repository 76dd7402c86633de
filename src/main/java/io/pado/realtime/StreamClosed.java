package io.pado.realtime;

import io.pado.identity.Caller;

/**
 * CDI event: a stream of this node has ended; comes once for each {@link StreamOpened}. Observers must not block.
 *
 * @param connectionId the stream's unique name
 * @param caller       who listened, by the latest token
 * @param endpoint     path of its request
 * @param reason       why it ended
 */
public record StreamClosed(String connectionId, Caller caller, String endpoint, CloseReason reason) {
}
