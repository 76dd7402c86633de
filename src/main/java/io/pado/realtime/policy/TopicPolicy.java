package io.pado.realtime.policy;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A feature's word on its topics: who may read them and publish to them, how far back they reach, what happens to a slow reader. For each topic
 * one policy speaks; two that could speak for the same one stop the start.
 */
public interface TopicPolicy {

    /** @return which topics this policy speaks for; the same each time */
    Set<TopicPattern> topics();

    /** Whether the caller may read the topic. It is asked when a stream opens, when its token is renewed, and when what its user may hear has changed. */
    boolean mayRead(Caller caller, Topic topic);

    /**
     * Asks for many topics at a time.
     *
     * @param topics of this policy
     * @return those that the caller may read
     */
    default Set<Topic> readable(Caller caller, Set<Topic> topics) {
        return topics.stream().filter(topic -> mayRead(caller, topic)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether the topic is heard on its feature's own endpoints only. {@code /api/stream}, {@code /live} and the history act as if it did not exist, also
     * for those who may read it.
     */
    default boolean isKeptToItsEndpoint(Topic topic) {
        return false;
    }

    /** Whether the caller may publish to the topic from outside; what the application itself publishes is its own affair. */
    default boolean mayPublish(Caller caller, Topic topic) {
        return false;
    }

    /** What happens to late and slow readers. */
    SlowReaders slowReaders(Topic topic);

    /** How far back the topic reaches. */
    default History history(Topic topic) {
        return History.DEFAULT;
    }
}
