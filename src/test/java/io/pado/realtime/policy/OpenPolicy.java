package io.pado.realtime.policy;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import java.util.Set;

/**
 * Lets everybody read every topic.
 *
 * @param kept how all of them treat a slow reader
 */
public record OpenPolicy(SlowReaders kept) implements TopicPolicy {

    @Override
    public Set<TopicPattern> topics() {
        return Set.of(new TopicPattern("**"));
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return true;
    }

    @Override
    public SlowReaders slowReaders(Topic topic) {
        return kept;
    }
}
