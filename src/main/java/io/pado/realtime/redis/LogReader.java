package io.pado.realtime.redis;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Topic;
import io.pado.realtime.log.LogSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the answer of {@code read.lua} together: the topics' events in one order. If a topic had more than the limit, events of
 * other topics after its last one are left for the next page, or they would overtake.
 */
final class LogReader {

    private static final int HEAD = 2;

    private final List<?> answer;
    private final int limit;
    private final String epoch;
    private final List<Envelope> events = new ArrayList<>();
    private final Set<Topic> holes = new HashSet<>();
    private long bound = Long.MAX_VALUE;

    LogReader(List<?> answer, int limit) {
        this.answer = answer;
        this.limit = limit;
        this.epoch = (String) answer.get(0);
    }

    LogSlice read(List<Topic> topics) {
        for (int i = 0; i < topics.size(); i++) {
            if ((Long) answer.get(HEAD + 2 * i) == 1) {
                holes.add(topics.get(i));
            }
            // Redis answers with nothing at all if none are wanted.
            take(topics.get(i), answer.get(HEAD + 2 * i + 1) instanceof List<?> entries ? entries : List.of());
        }
        events.sort(Comparator.comparingLong(e -> e.id().sequence()));
        events.removeIf(e -> e.id().sequence() > bound);
        long sequence = Long.parseLong((String) answer.get(1));
        return new LogSlice(epoch, sequence, List.copyOf(events), Set.copyOf(holes), bound == Long.MAX_VALUE);
    }

    private void take(Topic topic, List<?> entries) {
        for (Object entry : entries) {
            events.add(envelope(topic, (List<?>) entry));
        }
        if (limit > 0 && entries.size() == limit) {
            bound = Math.min(bound, events.get(events.size() - 1).id().sequence());
        }
    }

    /** Entry: id {@code <sequence>-<millis>}, then p, previous, t, type, k, key, d, json. */
    private Envelope envelope(Topic topic, List<?> entry) {
        String[] id = ((String) entry.get(0)).split("-");
        List<?> fields = (List<?>) entry.get(1);
        return new Envelope(new EventId(epoch, Long.parseLong(id[0])), topic, (String) fields.get(3), (String) fields.get(5),
                Instant.ofEpochMilli(Long.parseLong(id[1])), (String) fields.get(7));
    }
}
