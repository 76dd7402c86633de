package io.pado.realtime;

import io.pado.identity.Caller;

/** A feature's word on its topics: who may read them and publish to them, how far back they reach, what happens to a slow reader. */
public interface TopicPolicy {

    /** Whether this policy speaks for the topic; exactly one policy speaks for each topic in use. */
    boolean covers(Topic topic);

    /** Whether the caller may read the topic now. */
    boolean mayRead(Caller caller, Topic topic);

    /** Whether the caller may publish to the topic from outside; what the application itself publishes is its own affair. */
    default boolean mayPublish(Caller caller, Topic topic) {
        return false;
    }

    /** What happens to late and slow readers. */
    Continuity continuity(Topic topic);

    /** How far back the topic reaches. */
    default History history(Topic topic) {
        return History.DEFAULT;
    }
}
