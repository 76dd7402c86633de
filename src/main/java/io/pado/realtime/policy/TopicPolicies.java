package io.pado.realtime.policy;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the policy that speaks for a topic. A topic that nobody speaks for does not exist. */
@ApplicationScoped
public class TopicPolicies {

    private static final String ANY_WORD = "*";

    /** By the first word of the topics. */
    private final Map<String, List<Claim>> claims = new HashMap<>();

    private record Claim(TopicPattern pattern, TopicPolicy policy) {
    }

    @Inject
    TopicPolicies(@Any Instance<TopicPolicy> policies) {
        this((Iterable<TopicPolicy>) policies);
    }

    /** @throws IllegalStateException if two of the policies speak for the same topic */
    public TopicPolicies(Iterable<TopicPolicy> policies) {
        List<Claim> all = new ArrayList<>();
        for (TopicPolicy policy : policies) {
            for (TopicPattern pattern : policy.topics()) {
                Claim claim = new Claim(pattern, policy);
                all.stream().filter(other -> other.policy() != policy && other.pattern().overlaps(pattern)).findAny().ifPresent(other -> {
                    throw new IllegalStateException("Two policies speak for the same topics: " + named(other) + " and " + named(claim)
                            + ". Rename the topics of one of them; those of applications are named by the setting pado.topics.");
                });
                all.add(claim);
                claims.computeIfAbsent(pattern.word(), word -> new ArrayList<>()).add(claim);
            }
        }
    }

    /** For the container's proxy only. */
    protected TopicPolicies() {
        this(List.of());
    }

    /** Makes this bean, so that a fault of the policies is one of the start. */
    void start(@Observes Startup startup) {
        claims.size();
    }

    /** @throws IllegalArgumentException if no policy speaks for the topic */
    public TopicPolicy of(Topic topic) {
        return find(topic).orElseThrow(() -> new IllegalArgumentException("No policy speaks for the topic " + topic));
    }

    /** @return the topic's policy, if there is such a topic */
    public Optional<TopicPolicy> find(Topic topic) {
        int colon = topic.name().indexOf(':');
        String word = colon < 0 ? topic.name() : topic.name().substring(0, colon);
        return find(topic, claims.getOrDefault(word, List.of())).or(() -> find(topic, claims.getOrDefault(ANY_WORD, List.of())));
    }

    /** @return those of the topics that the caller may read; each policy is asked once */
    public Set<Topic> readable(Caller caller, Set<Topic> topics) {
        Map<TopicPolicy, Set<Topic>> asked = new HashMap<>();
        topics.forEach(topic -> asked.computeIfAbsent(of(topic), policy -> new HashSet<>()).add(topic));
        Set<Topic> readable = new HashSet<>();
        asked.forEach((policy, some) -> readable.addAll(policy.readable(caller, some)));
        return readable;
    }

    private static Optional<TopicPolicy> find(Topic topic, List<Claim> some) {
        for (Claim claim : some) {
            if (claim.pattern().matches(topic)) {
                return Optional.of(claim.policy());
            }
        }
        return Optional.empty();
    }

    private static String named(Claim claim) {
        return claim.pattern() + " of " + claim.policy().getClass().getSimpleName().replaceFirst("\\$.*", "");
    }
}
