package io.pado.lounge;

import io.pado.channel.Channel;
import io.pado.identity.Caller;
import io.pado.realtime.Continuity;
import io.pado.realtime.Topic;
import io.pado.realtime.TopicPattern;
import io.pado.realtime.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Set;

/** The topic of the public room, where every message counts. */
@ApplicationScoped
public class ChatTopic implements TopicPolicy {

    private static final Topic TOPIC = new Topic("lounge");

    @Override
    public Set<TopicPattern> topics() {
        return Set.of(new TopicPattern(TOPIC.name()));
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return true;
    }

    @Override
    public Continuity continuity(Topic topic) {
        return Continuity.REPLAY;
    }

    @Produces
    Channel channel() {
        return Channel.of("chat", TOPIC);
    }
}
