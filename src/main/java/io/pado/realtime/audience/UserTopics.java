package io.pado.realtime.audience;

import io.pado.identity.Caller;
import io.pado.identity.Roles;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** The private topic of each user, {@code user:42}: what concerns nobody else. */
@ApplicationScoped
public class UserTopics implements TopicPolicy {

    /** All of them. */
    public static final Set<TopicPattern> TOPICS = Set.of(new TopicPattern("user:#"));

    /** @return the private topic of a user */
    public static Topic of(long userId) {
        return new Topic("user:" + userId);
    }

    @Override
    public Set<TopicPattern> topics() {
        return TOPICS;
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return caller.userId().isPresent() && topic.equals(of(caller.userId().getAsLong()));
    }

    @Override
    public boolean mayPublish(Caller caller, Topic topic) {
        return caller.is(Roles.PUBLISHER) || caller.is(Roles.ADMIN);
    }

    @Override
    public SlowReaders slowReaders(Topic topic) {
        return SlowReaders.REPLAY;
    }
}
