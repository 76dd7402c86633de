package io.pado.example;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** What happens to a parcel is told on its feature's own stream only. */
@ApplicationScoped
public class ParcelPolicy implements TopicPolicy {

    @Override
    public Set<TopicPattern> topics() {
        return Set.of(new TopicPattern("parcel:*"));
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return caller.userId().isPresent();
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
