package io.pado.ai;

import io.pado.channel.Channel;
import io.pado.channel.ForeignChannel;
import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.History;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The topics of the {@code ai} channel: {@code ai} for everybody, {@code ai:user:<id>} of a user, {@code ai:client:<hash>} of a page that names itself by a
 * {@code client_id}. Who knows that name hears its answers.
 */
@ApplicationScoped
public class AiTopics implements TopicPolicy {

    static final Topic EVERYBODY = new Topic("ai");

    private static final String NAME = "ai";
    private static final String OF_USERS = "ai:user:";
    private static final String OF_CLIENTS = "ai:client:";
    /** Each page has a topic of its own, and may take another name each time: all of them would be kept for a day. Runs are kept longer. */
    private static final History OF_A_CLIENT = new History(1_000, Duration.ofHours(1));
    private static final Set<TopicPattern> TOPICS =
            Set.of(new TopicPattern("ai"), new TopicPattern("ai:user:#"), new TopicPattern("ai:client:*"));

    static Topic ofUser(long user) {
        return new Topic(OF_USERS + user);
    }

    /** @param hash of the {@code client_id} */
    static Topic ofClient(String hash) {
        return new Topic(OF_CLIENTS + hash);
    }

    @Override
    public Set<TopicPattern> topics() {
        return TOPICS;
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return !topic.name().startsWith(OF_USERS) || caller.userId().isPresent() && topic.equals(ofUser(caller.userId().getAsLong()));
    }

    /** Those of one asker are heard on the channel only. */
    @Override
    public boolean isKeptToItsEndpoint(Topic topic) {
        return !topic.equals(EVERYBODY);
    }

    @Override
    public SlowReaders slowReaders(Topic topic) {
        return SlowReaders.REPLAY;
    }

    @Override
    public History history(Topic topic) {
        return topic.name().startsWith(OF_CLIENTS) ? OF_A_CLIENT : History.DEFAULT;
    }

    @Produces
    Channel channel() {
        return new Channel(NAME, TOPICS, AiTopics::heard, AiText::of);
    }

    @Produces
    ForeignChannel foreign() {
        return new ForeignChannel("ai_responses", EVERYBODY, "ai_response");
    }

    private static Set<Topic> heard(Caller caller, String clientId) {
        Set<Topic> topics = new HashSet<>(Set.of(EVERYBODY, ofClient(AiAsker.hash(clientId))));
        caller.userId().ifPresent(user -> topics.add(ofUser(user)));
        return topics;
    }
}
