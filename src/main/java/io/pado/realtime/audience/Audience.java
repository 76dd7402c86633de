package io.pado.realtime.audience;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import java.util.Set;

/** Says which topics a caller hears on a stream. It is asked when the stream opens, and again whenever {@link Audiences} hears of a change. */
@FunctionalInterface
public interface Audience {

    /**
     * May ask a store; runs on a thread that may wait.
     *
     * @return what the caller may hear now; empty is allowed: the stream stays open, and may hear something after the next change
     */
    Set<Topic> topics(Caller caller);
}
