package io.pado.poll;

import io.pado.identity.Caller;
import io.pado.realtime.Continuity;
import io.pado.realtime.Topic;
import io.pado.realtime.TopicPolicy;
import io.pado.realtime.redis.ForeignChannel;
import io.pado.realtime.sse.Channel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Set;

/** The topic of all polls' votes: open to everybody, and of a poll only the newest totals count. */
@ApplicationScoped
public class VotesTopic implements TopicPolicy, Channel {

    static final Topic TOPIC = new Topic("votes");
    static final String VOTE_UPDATE = "vote_update";

    @Override
    public boolean covers(Topic topic) {
        return topic.equals(TOPIC);
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return true;
    }

    @Override
    public Continuity continuity(Topic topic) {
        return Continuity.LATEST;
    }

    @Override
    public String name() {
        return "votes";
    }

    @Override
    public Set<Topic> topics(Caller caller, String clientId) {
        return Set.of(TOPIC);
    }

    @Override
    public boolean carries(Topic topic) {
        return covers(topic);
    }

    @Produces
    ForeignChannel foreign() {
        return new ForeignChannel("vote_updates", TOPIC, VOTE_UPDATE);
    }
}
