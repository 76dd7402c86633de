package io.pado.realtime;

import io.pado.identity.Caller;

/** A feature's word on its topics: who may read them, how far back they reach, what happens to a slow reader. */
public interface TopicPolicy {

    /** Whether this policy speaks for the topic; exactly one policy speaks for each topic in use. */
    boolean covers(Topic topic);

    /** Whether the caller may read the topic now. */
    boolean mayRead(Caller caller, Topic topic);

    /** What happens to late and slow readers. */
    Continuity continuity();

    /** How far back the topic reaches. */
    default History history() {
        return History.DEFAULT;
    }
}
