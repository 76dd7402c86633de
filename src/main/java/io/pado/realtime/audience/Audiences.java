package io.pado.realtime.audience;

import io.pado.identity.Caller;
import io.pado.realtime.Envelope;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.log.Publisher;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a feature says that what a user may hear has changed: a friendship, a membership, a role. Within a second all open streams of the user, on all
 * nodes, hear what their {@link Audience} says then. A change is an event of the log. So none is lost, and streams hear their new topics from
 * exactly there.
 */
@ApplicationScoped
public class Audiences implements TopicPolicy {

    public static final Topic TOPIC = new Topic("audience");
    private static final Set<TopicPattern> TOPICS = Set.of(new TopicPattern(TOPIC.name()));
    private static final String CHANGED = "audience_changed";

    private final Publisher publisher;

    @Inject
    public Audiences(Publisher publisher) {
        this.publisher = publisher;
    }

    /** For the container's proxy only. */
    protected Audiences() {
        this(null);
    }

    /**
     * Tells all nodes that what users may hear has changed; call it after the change was stored.
     *
     * @throws LogUnavailable if that may not have been told; telling it again is safe
     */
    public void changed(Collection<Long> userIds) {
        if (!userIds.isEmpty()) {
            publisher.publish(change(userIds));
        }
    }

    /** @return the same as an event, for those that publish it together with others or in a transaction */
    public static Publication change(Collection<Long> userIds) {
        return new Publication(TOPIC, CHANGED, "", userIds.stream().distinct().map(String::valueOf).collect(Collectors.joining(",", "[", "]")), "");
    }

    /** @return the same for all users, when it is not known whose: each open stream asks again what it hears */
    public static Publication changeForAll() {
        return new Publication(TOPIC, CHANGED, "", "[]", "");
    }

    /** @return the users that such an event names; none if it is for all */
    public static List<Long> users(Envelope change) {
        return Arrays.stream(change.json().replaceAll("[\\[\\] ]", "").split(",")).filter(id -> !id.isEmpty()).map(Long::valueOf).toList();
    }

    @Override
    public Set<TopicPattern> topics() {
        return TOPICS;
    }

    /** Nobody reads it: it is for the nodes. */
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
