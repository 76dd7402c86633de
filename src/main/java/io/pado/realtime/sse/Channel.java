package io.pado.realtime.sse;

import io.pado.identity.Caller;
import io.pado.platform.Json;
import io.pado.realtime.Envelope;
import io.pado.realtime.Topic;
import java.util.Set;

/** One of system 3's channels, contributed by a feature. */
public interface Channel {

    /** @return its name in {@code channels=} and in each event */
    String name();

    /**
     * @param caller   who listens
     * @param clientId who it says it is
     * @return what a listener of the channel gets; all of the channel's own, no topic of another channel
     */
    Set<Topic> topics(Caller caller, String clientId);

    /** Whether an event of the topic is sent on this channel. */
    boolean carries(Topic topic);

    /** @return the JSON of an event as the channel's clients know it (spec system 3) */
    default String text(Envelope envelope) {
        return "{\"type\":" + Json.quoted(envelope.type()) + ",\"channel\":" + Json.quoted(name()) + ",\"data\":"
                + envelope.json() + '}';
    }
}
