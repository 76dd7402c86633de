package io.pado.lounge;

import io.pado.channel.Channel;
import io.pado.channel.ForeignChannel;
import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Set;

/** The topic of the public room, where every message counts. */
@ApplicationScoped
public class LoungeTopic implements TopicPolicy {

    static final Topic TOPIC = new Topic("lounge");
    static final String CHAT_MESSAGE = "chat_message";

    @Override
    public Set<TopicPattern> topics() {
        return Set.of(new TopicPattern(TOPIC.name()));
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return true;
    }

    @Override
    public SlowReaders slowReaders(Topic topic) {
        return SlowReaders.REPLAY;
    }

    @Produces
    Channel channel() {
        return Channel.of("chat", TOPIC);
    }

    @Produces
    ForeignChannel foreign() {
        return new ForeignChannel("chat_messages", TOPIC, CHAT_MESSAGE);
    }
}
