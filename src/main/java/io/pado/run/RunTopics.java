package io.pado.run;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.History;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/** The topic of each run, {@code run:<id>}. Heard on the streams of the feature whose run it is. */
@ApplicationScoped
public class RunTopics implements TopicPolicy {

    private static final Set<TopicPattern> TOPICS = Set.of(new TopicPattern("run:*"));
    /** A reader that was away for longer gets the text so far in one piece. */
    private static final History HISTORY = new History(1_000, Duration.ofHours(1));

    public static Topic of(String id) {
        return new Topic("run:" + id);
    }

    @Override
    public Set<TopicPattern> topics() {
        return TOPICS;
    }

    /** Nobody by name: the feature says who may hear a run. */
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

    @Override
    public History history(Topic topic) {
        return HISTORY;
    }
}
