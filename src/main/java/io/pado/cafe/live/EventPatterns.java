package io.pado.cafe.live;

import io.pado.cafe.CafeTopic;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Topic;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which events a client means: an event's whole name, the beginning of names as in {@code order:*}, or {@code *}. */
final class EventPatterns {

    private EventPatterns() {
    }

    /**
     * @param patterns  as sent
     * @param permitted what the client may hear
     * @return the topics of the events that some pattern means
     * @throws ProblemException 422 if a pattern means nothing that is permitted
     */
    static Set<Topic> topics(List<String> patterns, List<CafeTopic> permitted) {
        for (String pattern : patterns) {
            if (permitted.stream().noneMatch(topic -> means(pattern, topic))) {
                throw ProblemException.invalid("events", pattern + " is no event that you may hear; these are: "
                        + permitted.stream().map(CafeTopic::event).distinct().sorted().collect(Collectors.joining(", ")));
            }
        }
        return permitted.stream().filter(topic -> patterns.stream().anyMatch(pattern -> means(pattern, topic))).map(CafeTopic::topic)
                .collect(Collectors.toSet());
    }

    private static boolean means(String pattern, CafeTopic topic) {
        return pattern.equals("*") || pattern.equals(topic.event())
                || pattern.endsWith(":*") && topic.event().startsWith(pattern.substring(0, pattern.length() - 1));
    }
}
