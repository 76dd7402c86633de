package io.pado.presence;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.History;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** One topic for each user, {@code presence:42}: what friends are told of whether the user is online. Of a user only the newest state counts. */
@ApplicationScoped
public class PresenceTopics implements TopicPolicy {

    /** A reader that comes back is given all states, so this is only for a stream that goes on. */
    private static final History HISTORY = new History(10, History.DEFAULT.maxIdle());
    private static final Set<TopicPattern> TOPICS = Set.of(new TopicPattern("presence:#"));

    static Topic of(long userId) {
        return new Topic("presence:" + userId);
    }

    @Override
    public Set<TopicPattern> topics() {
        return TOPICS;
    }

    /** Nobody names these topics: the stream of presence hears them by its audience, which knows the friends. */
    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return false;
    }

    @Override
    public boolean isKeptToItsEndpoint(Topic topic) {
        return true;
    }

    @Override
    public SlowReaders slowReaders(Topic topic) {
        return SlowReaders.LATEST;
    }

    @Override
    public History history(Topic topic) {
        return HISTORY;
    }
}
