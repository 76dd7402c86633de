package io.pado.realtime;

import io.pado.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

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
        this(List.of());
    }

    /** @throws IllegalArgumentException if no policy covers the topic */
    public TopicPolicy of(Topic topic) {
        return find(topic).orElseThrow(() -> new IllegalArgumentException("No policy covers the topic " + topic));
    }

    /** @return the topic's policy, if there is such a topic */
    public Optional<TopicPolicy> find(Topic topic) {
        for (TopicPolicy policy : policies) {
            if (policy.covers(topic)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }

    /** @return whether the caller may read the topic now */
    public boolean mayRead(Caller caller, Topic topic) {
        return of(topic).mayRead(caller, topic);
    }
}
