package io.pado.realtime;

import io.pado.identity.Caller;

/**
 * Lets everybody read every topic.
 *
 * @param kept how all of them treat a slow reader
 */
public record OpenPolicy(Continuity kept) implements TopicPolicy {

    @Override
    public boolean covers(Topic topic) {
        return true;
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return true;
    }

    @Override
    public Continuity continuity(Topic topic) {
        return kept;
    }
}
