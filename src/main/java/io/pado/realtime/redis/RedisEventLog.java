package io.pado.realtime.redis;

import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Script;
import io.pado.realtime.EventId;
import io.pado.realtime.EventLog;
import io.pado.realtime.Publication;
import io.pado.realtime.Replay;
import io.pado.realtime.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The log on Redis: one stream per topic, one counter for all. Each call is one Lua script, so one atomic step. */
@ApplicationScoped
public class RedisEventLog implements EventLog {

    /** Redis does nothing else while a script runs, so a long list goes in several. */
    private static final int BATCH = 100;
    /** How long a repetition is recognised. */
    private static final String REMEMBERED_MILLIS = Long.toString(Duration.ofHours(24).toMillis());
    /** Covers a history of 24 hours, wherever in its hour an event was. */
    private static final String MARK_HOURS = "25";

    private static final String BEGIN_ANEW = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2]) end
            return redis.call('GET', KEYS[1])
            """;

    private final Script append = new Script("append.lua");
    private final Script read = new Script("read.lua");
    private final SecureRandom random = new SecureRandom();

    private final Redis redis;

    @Inject
    RedisEventLog(Redis redis) {
        this.redis = redis;
    }

    /** For the container's proxy only. */
    protected RedisEventLog() {
        this(null);
    }

    @Override
    public List<EventId> append(List<Entry> entries) {
        List<EventId> ids = new ArrayList<>(entries.size());
        for (int from = 0; from < entries.size(); from += BATCH) {
            ids.addAll(appendBatch(entries.subList(from, Math.min(entries.size(), from + BATCH))));
        }
        return ids;
    }

    @Override
    public Replay read(Map<Topic, Long> after, int limit) {
        List<Topic> topics = List.copyOf(after.keySet());
        List<String> keys = new ArrayList<>(List.of(Keys.EPOCH, Keys.SEQUENCE, Keys.MARKS));
        List<String> arguments = new ArrayList<>(List.of(newEpoch(), Integer.toString(limit)));
        for (Topic topic : topics) {
            keys.add(Keys.log(topic));
            keys.add(Keys.top(topic));
            arguments.add(after.get(topic).toString());
        }
        List<?> answer = (List<?>) Asked.redisTwice(() -> read.run(redis.commands(), keys, arguments));
        return new ReplayReader(answer, limit).read(topics);
    }

    @Override
    public Tops tops(Collection<Topic> topics) {
        List<Topic> asked = List.copyOf(topics);
        List<String> keys = new ArrayList<>(List.of(Keys.EPOCH, Keys.SEQUENCE));
        asked.forEach(topic -> keys.add(Keys.top(topic)));
        List<String> values = Asked.redisTwice(() -> redis.commands().mget(keys.toArray(String[]::new)));
        Map<Topic, Long> tops = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            String top = values.get(i + 2);
            if (top != null) {
                tops.put(asked.get(i), Long.valueOf(top));
            }
        }
        String sequence = Objects.requireNonNullElse(values.get(1), "0");
        return new Tops(Objects.requireNonNullElse(values.get(0), ""), Long.parseLong(sequence), tops);
    }

    @Override
    public String beginAnew(String epoch) {
        return (String) Asked.redisTwice(() -> redis.commands().eval(BEGIN_ANEW, List.of(Keys.EPOCH), List.of(epoch, newEpoch())));
    }

    /** Taken if Redis holds no log: another one each time, or a node would give a new log the name of the lost one. */
    private String newEpoch() {
        return Long.toString(random.nextLong(1L << 40, 1L << 41), Character.MAX_RADIX);
    }

    private List<EventId> appendBatch(List<Entry> entries) {
        List<String> keys = new ArrayList<>(List.of(Keys.EPOCH, Keys.SEQUENCE, Keys.MARKS));
        List<String> arguments = new ArrayList<>(List.of(newEpoch(), MARK_HOURS));
        for (Entry entry : entries) {
            Publication event = entry.publication();
            keys.addAll(List.of(Keys.log(event.topic()), Keys.top(event.topic()), Keys.once(event.once())));
            arguments.addAll(List.of(event.topic().name(), event.type(), event.key(), event.json(),
                    Integer.toString(entry.history().events()), Long.toString(entry.history().maxIdle().toMillis()),
                    event.once().isEmpty() ? "0" : REMEMBERED_MILLIS));
        }
        List<?> answer = (List<?>) Asked.redis(() -> append.run(redis.commands(), keys, arguments));
        String epoch = (String) answer.get(0);
        return answer.stream().skip(1).map(sequence -> new EventId(epoch, Long.parseLong((String) sequence))).toList();
    }
}
