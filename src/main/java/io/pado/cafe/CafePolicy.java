package io.pado.cafe;

import io.pado.cafe.CafeTopic.Audience;
import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may read which of the {@link CafeTopic}s; of all of them every event counts. */
@ApplicationScoped
public class CafePolicy implements TopicPolicy {

    @Inject
    private CafeRights rights;

    @Override
    public Set<TopicPattern> topics() {
        return Arrays.stream(CafeTopic.values()).map(each -> new TopicPattern(each.topic().name())).collect(Collectors.toSet());
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return rights.hearsAll(caller) || CafeTopic.of(topic).orElseThrow().audience() != Audience.STAFF;
    }

    @Override
    public SlowReaders slowReaders(Topic topic) {
        return SlowReaders.REPLAY;
    }

    /** @return what a caller hears on {@code /ws}; no event comes on two of them */
    public List<CafeTopic> heardBy(Caller caller) {
        Audience without = rights.hearsAll(caller) ? Audience.GUESTS : Audience.STAFF;
        return Arrays.stream(CafeTopic.values()).filter(topic -> topic.audience() != without).toList();
    }
}
