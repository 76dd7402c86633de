package io.pado.realtime.sse;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.UserTopics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/** A caller's private topic as a channel; without a token there is nothing on it. */
@ApplicationScoped
public class UserChannel implements Channel {

    @Inject
    private UserTopics policy;

    @Override
    public String name() {
        return "user";
    }

    @Override
    public Set<Topic> topics(Caller caller, String clientId) {
        return caller.userId().isPresent() ? Set.of(UserTopics.of(caller.userId().getAsLong())) : Set.of();
    }

    @Override
    public boolean carries(Topic topic) {
        return policy.covers(topic);
    }
}
