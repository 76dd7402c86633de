package io.pado.presence.friend;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.History;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** One topic for each user, {@code friends:42}: requests to and of them that are new or were answered. Of a request only the newest state counts. */
@ApplicationScoped
public class FriendTopics implements TopicPolicy {

    /** A reader that comes back asks for all requests, so this is only for a stream that goes on. */
    private static final History HISTORY = new History(20, History.DEFAULT.maxIdle());
    private static final Set<TopicPattern> TOPICS = Set.of(new TopicPattern("friends:#"));

    /** @return a user's topic */
    public static Topic of(long userId) {
        return new Topic("friends:" + userId);
    }

    @Override
    public Set<TopicPattern> topics() {
        return TOPICS;
    }

    /** Nobody names these topics: the user's stream of presence hears them. */
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
