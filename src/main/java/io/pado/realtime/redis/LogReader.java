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
 * Puts the answer of {@code read.lua} together: the topics' events in one order. If a topic may have more than was read, events of
 * other topics after its last one are left for the next page, or they would overtake.
 */
final class LogReader {

    private static final int HEAD = 2;
    private static final int OF_A_TOPIC = 3;

    private final List<?> answer;
    private final String epoch;
    private final List<Envelope> events = new ArrayList<>();
    private final Set<Topic> holes = new HashSet<>();
    private long bound = Long.MAX_VALUE;

    LogReader(List<?> answer) {
        this.answer = answer;
        this.epoch = (String) answer.get(0);
    }

    LogSlice read(List<Topic> topics) {
        for (int i = 0; i < topics.size(); i++) {
            int place = HEAD + OF_A_TOPIC * i;
            if ((Long) answer.get(place) == 1) {
                holes.add(topics.get(i));
            }
            take(topics.get(i), (Long) answer.get(place + 1) == 1, (List<?>) answer.get(place + 2));
        }
        events.sort(Comparator.comparingLong(e -> e.id().sequence()));
        events.removeIf(e -> e.id().sequence() > bound);
        long sequence = Long.parseLong((String) answer.get(1));
        return new LogSlice(epoch, sequence, List.copyOf(events), Set.copyOf(holes), bound == Long.MAX_VALUE);
    }

    private void take(Topic topic, boolean cut, List<?> entries) {
        for (Object entry : entries) {
            events.add(envelope(topic, (List<?>) entry));
        }
        if (cut) {
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
