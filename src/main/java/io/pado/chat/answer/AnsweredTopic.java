package io.pado.chat.answer;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Where workers tell the makers of runs what characters of groups have answered; for the nodes only. */
@ApplicationScoped
public class AnsweredTopic implements TopicPolicy {

    static final Topic TOPIC = new Topic("answered");
    static final String ANSWERED = "answered";

    @Override
    public Set<TopicPattern> topics() {
        return Set.of(new TopicPattern(TOPIC.name()));
    }

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
}
