package io.pado.lounge;

import io.pado.identity.Caller;
import io.pado.realtime.Continuity;
import io.pado.realtime.Topic;
import io.pado.realtime.TopicPolicy;
import io.pado.realtime.sse.Channel;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** The topic of the public room, where every message counts. */
@ApplicationScoped
public class ChatTopic implements TopicPolicy, Channel {

    private static final Topic TOPIC = new Topic("lounge");

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
        return Continuity.REPLAY;
    }

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public Set<Topic> topics(Caller caller, String clientId) {
        return Set.of(TOPIC);
    }

    @Override
    public boolean carries(Topic topic) {
        return covers(topic);
    }
}
