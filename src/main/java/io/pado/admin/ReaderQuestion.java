package io.pado.admin;

import io.pado.realtime.Topic;
import io.pado.realtime.stream.Visits;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * Which streams somebody looks for; what is empty does not matter.
 *
 * @param question   its name
 * @param userId     whose; 0 for anybody
 * @param connection how the connection's name begins
 * @param topic      what they hear
 */
@JsonbPropertyOrder({"question", "userId", "connection", "topic"})
public record ReaderQuestion(String question, long userId, String connection, String topic) {

    /**
     * What one node found.
     *
     * @param question  the question's name
     * @param node      which one
     * @param open      open streams, some of them
     * @param openCount how many there are
     * @param ended     those that ended lately
     */
    @JsonbPropertyOrder({"question", "node", "open", "openCount", "ended"})
    public record Found(String question, String node, List<ReaderView> open, long openCount, List<ReaderView> ended) {
    }

    boolean fits(Visits.Open open) {
        return fits(open.subscriber().id(), open.subscriber().caller().userId().orElse(-1))
                && (topic.isEmpty() || open.subscriber().topics().stream().map(Topic::name).anyMatch(topic::equals));
    }

    boolean fits(Visits.Ended ended) {
        return fits(ended.id(), ended.caller().userId().orElse(-1)) && (topic.isEmpty() || ended.topics().stream().map(Topic::name).anyMatch(topic::equals));
    }

    private boolean fits(String id, long user) {
        return (userId == 0 || userId == user) && id.startsWith(connection);
    }
}
