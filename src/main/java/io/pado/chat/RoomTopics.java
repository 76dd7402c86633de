package io.pado.chat;

import io.pado.feed.FeedTopics;
import io.pado.identity.Caller;
import io.pado.platform.mongo.DocumentIds;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.History;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** The topic of each room, {@code room:<id>}: its messages. Heard on the feed, whose {@link RoomChanges} say who takes part. */
@ApplicationScoped
public class RoomTopics implements TopicPolicy {

    private static final Set<TopicPattern> TOPICS = Set.of(new TopicPattern("room:*"));

    /** @param roomId {@code _id} of a room, or a reference to it */
    static Topic of(Object roomId) {
        return new Topic("room:" + DocumentIds.word(roomId));
    }

    @Override
    public Set<TopicPattern> topics() {
        return TOPICS;
    }

    /** Nobody by name: the feed says which rooms a caller hears. */
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
        return SlowReaders.REPLAY;
    }

    @Override
    public History history(Topic topic) {
        return FeedTopics.HISTORY;
    }
}
