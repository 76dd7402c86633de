package io.pado.channel;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.audience.UserTopics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Set;

/** A caller's private topic as a channel; without a token there is nothing on it. */
@ApplicationScoped
public class UserChannel {

    @Produces
    Channel channel() {
        return Channel.of("user", UserTopics.TOPICS, (caller, clientId) -> topics(caller));
    }

    private static Set<Topic> topics(Caller caller) {
        return caller.userId().isPresent() ? Set.of(UserTopics.of(caller.userId().getAsLong())) : Set.of();
    }
}
