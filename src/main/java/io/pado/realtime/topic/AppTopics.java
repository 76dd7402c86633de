package io.pado.realtime.topic;

import io.pado.identity.Caller;
import io.pado.identity.Roles;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.History;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import io.pado.realtime.topic.AppTopicsConfig.Family;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Topics that exist by configuration alone: all whose names begin with a word of {@code pado.topics}. */
@ApplicationScoped
public class AppTopics implements TopicPolicy {

    private final Map<String, Family> families;

    @Inject
    AppTopics(AppTopicsConfig config) {
        this.families = config.families();
    }

    /** For the container's proxy only. */
    protected AppTopics() {
        this.families = Map.of();
    }

    @Override
    public Set<TopicPattern> topics() {
        return families.keySet().stream().map(word -> new TopicPattern(word + ":**")).collect(Collectors.toSet());
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        Set<String> readers = family(topic).readers();
        return readers.isEmpty() || caller.is(Roles.ADMIN) || readers.stream().anyMatch(caller::is);
    }

    @Override
    public boolean mayPublish(Caller caller, Topic topic) {
        return family(topic).publishers().stream().anyMatch(caller::is);
    }

    @Override
    public SlowReaders slowReaders(Topic topic) {
        return family(topic).slowReaders();
    }

    @Override
    public History history(Topic topic) {
        return family(topic).history();
    }

    private Family family(Topic topic) {
        return families.get(word(topic));
    }

    private static String word(Topic topic) {
        int colon = topic.name().indexOf(':');
        return colon < 0 ? topic.name() : topic.name().substring(0, colon);
    }
}
