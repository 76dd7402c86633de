package io.pado.feed;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.History;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** The topics of the feed: {@code feed} for what concerns all of its readers, {@code feed:42} for what concerns one user. */
@ApplicationScoped
public class FeedTopics implements TopicPolicy {

    public static final Topic ALL = new Topic("feed");
    /** A program may insert thousands at once, while a reader is on its way back. */
    public static final History HISTORY = new History(10_000, History.DEFAULT.maxIdle());
    private static final Set<TopicPattern> TOPICS = Set.of(new TopicPattern(ALL.name()), new TopicPattern("feed:#"));

    /** @return the topic of a user */
    public static Topic of(long userId) {
        return new Topic("feed:" + userId);
    }

    @Override
    public Set<TopicPattern> topics() {
        return TOPICS;
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return caller.userId().isPresent() && (topic.equals(ALL) || topic.equals(of(caller.userId().getAsLong())));
    }

    @Override
    public boolean isKeptToItsEndpoint(Topic topic) {
        return true;
    }

    @Override
    public SlowReaders slowReaders(Topic topic) {
        return SlowReaders.REPLAY;
    }

    @Override
    public History history(Topic topic) {
        return HISTORY;
    }
}
