package io.pado.realtime.topic;

import io.pado.identity.Caller;
import io.pado.platform.ProblemException;
import io.pado.realtime.Topic;
import io.pado.realtime.TopicPolicies;
import io.pado.realtime.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** From the name that a client sent to a topic that it may use. */
@ApplicationScoped
public class TopicAccess {

    @Inject
    private TopicPolicies policies;

    /** @throws ProblemException 400 for what is no name, 404 for no such topic, 401 or 403 if the caller may not read it */
    public Topic readable(String name, Caller caller) {
        Topic topic = named(name);
        if (!policy(topic).mayRead(caller, topic)) {
            throw refused(caller, "read", topic);
        }
        return topic;
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
