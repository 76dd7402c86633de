package io.pado.channel;

import io.pado.identity.Caller;
import io.pado.platform.json.Json;
import io.pado.realtime.Envelope;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.TopicPattern;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One of system 3's channels. A feature offers it by a CDI producer.
 *
 * @param name    its name in {@code channels=} and in each event
 * @param carried the topics whose events come on it; no topic of another channel
 * @param topics  what a listener hears: gets the caller and the {@code client_id} that it says, and gives some of the carried topics
 * @param text    gives the JSON of an event as the channel's clients know it (spec system 3)
 */
public record Channel(String name, Set<TopicPattern> carried, BiFunction<Caller, String, Set<Topic>> topics, Function<Envelope, String> text) {

    /** @return a channel on which everybody hears one topic, as {@code {"type","channel","data"}} */
    public static Channel of(String name, Topic topic) {
        return new Channel(name, Set.of(new TopicPattern(topic.name())), (caller, clientId) -> Set.of(topic), textOf(name));
    }

    /** @return a channel whose events look like {@code {"type","channel","data"}} */
    public static Channel of(String name, Set<TopicPattern> carried, BiFunction<Caller, String, Set<Topic>> topics) {
        return new Channel(name, carried, topics, textOf(name));
    }

    boolean carries(Topic topic) {
        return carried.stream().anyMatch(pattern -> pattern.matches(topic));
    }

    private static Function<Envelope, String> textOf(String name) {
        return envelope -> "{\"type\":" + Json.quoted(envelope.type()) + ",\"channel\":" + Json.quoted(name) + ",\"data\":"
                + envelope.json() + '}';
    }
}
