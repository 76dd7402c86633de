package io.pado.realtime.websocket;

import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Wire;
import io.pado.realtime.hub.Subscriber;
import io.pado.realtime.log.LogUnavailable;
import jakarta.servlet.http.HttpServletRequest;

/** What is said on one address's WebSockets: how events look there, how it begins, and what clients may say. One for all connections. */
public interface Dialogue {

    /** @return how events, notices and heartbeats look */
    Wire wire();

    /**
     * A client was let in; what is sent to it now are its first frames. Runs before the handshake is answered.
     *
     * @param handshake the client's request
     * @throws ProblemException if the client must be refused after all
     * @throws LogUnavailable   if a topic cannot be joined now, which refuses the client with 503
     */
    void begin(Subscriber subscriber, HttpServletRequest handshake);

    /** Does what a client's message asks for, and answers it; runs on one thread at a time for each client, which may wait. */
    void said(Subscriber subscriber, String text);

    /** @return bytes of the longest message that a client may send; a longer one ends the connection with 1009 */
    int maxBytes();
}
