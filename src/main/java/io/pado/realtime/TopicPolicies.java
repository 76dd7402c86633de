package io.pado.realtime;

import io.pado.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Finds the policy that speaks for a topic. A topic that nobody speaks for does not exist. */
@ApplicationScoped
public class TopicPolicies {

    private final Iterable<TopicPolicy> policies;

    @Inject
    TopicPolicies(@Any Instance<TopicPolicy> policies) {
        this((Iterable<TopicPolicy>) policies);
    }

    TopicPolicies(Iterable<TopicPolicy> policies) {
        this.policies = policies;
    }

    /** For the container's proxy only. */
    protected TopicPolicies() {
        this(java.util.List.of());
    }

    /** @throws IllegalArgumentException if no policy covers the topic */
    public TopicPolicy of(Topic topic) {
        for (TopicPolicy policy : policies) {
            if (policy.covers(topic)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("No policy covers the topic " + topic);
    }

    /** @return whether the caller may read the topic now */
    public boolean mayRead(Caller caller, Topic topic) {
        return of(topic).mayRead(caller, topic);
    }
}
