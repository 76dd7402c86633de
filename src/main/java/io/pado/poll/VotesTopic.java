package io.pado.poll;

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

/** The topic of all polls' votes: open to everybody, and of a poll only the newest totals count. */
@ApplicationScoped
public class VotesTopic implements TopicPolicy {

    static final Topic TOPIC = new Topic("votes");
    static final String VOTE_UPDATE = "vote_update";

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
        return SlowReaders.LATEST;
    }

    @Produces
    Channel channel() {
        return Channel.of("votes", TOPIC);
    }

    @Produces
    ForeignChannel foreign() {
        return new ForeignChannel("vote_updates", TOPIC, VOTE_UPDATE);
    }
}
