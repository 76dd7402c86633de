package io.pado.realtime.topic;

import io.pado.identity.Caller;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.TopicPolicies;
import io.pado.realtime.policy.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From the name that a client sent to a topic that it may use. */
@ApplicationScoped
public class TopicAccess {

    @Inject
    private TopicPolicies policies;

    /**
     * What came out of asking for several topics: one that may not be read costs none of the others.
     *
     * @param topics  those that may be read
     * @param refused names of the others, as they were sent, and why not
     */
    public record Readable(Set<Topic> topics, Map<String, ProblemException> refused) {

        /** @throws ProblemException why none may be read, if that is so */
        public Readable some() {
            if (topics.isEmpty()) {
                throw refused.values().iterator().next();
            }
            return this;
        }
    }

    /** @throws ProblemException 400 for what is no name, 404 for no such topic, 401 or 403 if the caller may not read it */
    public Topic readable(String name, Caller caller) {
        return readable(List.of(name), caller).some().topics().iterator().next();
    }

    /** @param names at least one */
    public Readable readable(Collection<String> names, Caller caller) {
        Map<String, ProblemException> refused = new LinkedHashMap<>();
        Map<Topic, String> known = new LinkedHashMap<>();
        for (String name : names) {
            try {
                Topic topic = named(name);
                policy(topic);
                known.put(topic, name);
            } catch (ProblemException noSuchTopic) {
                refused.put(name, noSuchTopic);
            }
        }
        Set<Topic> readable = policies.readable(caller, known.keySet());
        known.forEach((topic, name) -> {
            if (!readable.contains(topic)) {
                refused.put(name, refused(caller, "read", topic));
            }
        });
        return new Readable(readable, refused);
    }

    /** @throws ProblemException 400 for what is no name, 404 for no such topic, 401 or 403 if the caller may not publish to it */
    public Topic publishable(String name, Caller caller) {
        Topic topic = named(name);
        if (!policy(topic).mayPublish(caller, topic)) {
            throw refused(caller, "publish to", topic);
        }
        return topic;
    }

    private TopicPolicy policy(Topic topic) {
        return policies.find(topic).filter(policy -> !policy.isKeptToItsEndpoint(topic)).orElseThrow(() -> ProblemException.notFound("no-such-topic",
                "There is no topic " + topic + "; the setting pado.topics names the words that topics may begin with."));
    }

    private static Topic named(String name) {
        try {
            return new Topic(name);
        } catch (IllegalArgumentException wrong) {
            throw ProblemException.badRequest("topic-name",
                    "A topic's name is words with colons between them, like app:orders:7, 200 characters at most.");
        }
    }

    private static ProblemException refused(Caller caller, String what, Topic topic) {
        return caller.userId().isEmpty() ? ProblemException.unauthorized("Log in first; not everybody may " + what + ' ' + topic + '.')
                : ProblemException.forbidden("You may not " + what + ' ' + topic + '.');
    }
}
