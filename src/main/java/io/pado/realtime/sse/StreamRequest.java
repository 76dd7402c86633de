package io.pado.realtime.sse;

import io.pado.identity.Caller;
import io.pado.realtime.Join;
import io.pado.realtime.Topic;
import java.util.Set;
import java.util.function.Function;

/**
 * What a reader asks for.
 *
 * @param connectionId unique name of the connection
 * @param caller       who asks
 * @param topics       what to listen to; the caller's right to read them has been checked
 * @param wire         how the frames look
 * @param lastEventId  what the reader had last, as it said; empty for a fresh start
 * @param greeting     gives the JSON of the first, unnamed event
 */
public record StreamRequest(String connectionId, Caller caller, Set<Topic> topics, SseWire wire, String lastEventId,
        Function<Join, String> greeting) {
}
