package io.pado.admin;

import io.pado.identity.Caller;
import io.pado.identity.Roles;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.History;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/** What nodes tell of themselves while an admin looks, and what they are asked for. */
@ApplicationScoped
public class OperationsTopics implements TopicPolicy {

    /** What admins hear. */
    static final String FIGURES_NAME = "operations";
    static final Topic FIGURES = new Topic(FIGURES_NAME);
    /** What nodes hear. */
    static final Topic ASKED = new Topic("operations:asked");

    private static final Set<TopicPattern> TOPICS = Set.of(new TopicPattern(FIGURES.name()), new TopicPattern(ASKED.name()));
    private static final History SHORT = new History(30, Duration.ofMinutes(10));

    @Override
    public Set<TopicPattern> topics() {
        return TOPICS;
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return topic.equals(FIGURES) && caller.is(Roles.ADMIN);
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
        return SHORT;
    }
}
