package io.pado.realtime.redis;

import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Script;
import io.pado.realtime.EventId;
import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.LogSlice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log on Redis: one stream per topic, one counter for all. Each call is one Lua script, so one atomic step. */
@ApplicationScoped
public class RedisEventLog implements EventLog {

    /** Redis does nothing else while a script runs, so a long list goes in several. */
    private static final int BATCH = 100;
    /** How append.lua refuses for one topic: {@code TOPIC name cause}. */
    private static final Pattern OF_ONE_TOPIC = Pattern.compile("TOPIC (\\S+) .*");

    private final Script append = new Script("values.lua", "rights.lua", "append.lua");
    private final Script read = new Script("values.lua", "read.lua");
    private final Script tops = new Script("values.lua", "tops.lua");
    private final Script anew = new Script("values.lua", "anew.lua");
    private final SecureRandom random = new SecureRandom();

    private final Redis redis;

    @Inject
    public RedisEventLog(Redis redis) {
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
    public List<Boolean> take(List<StateStep> steps) {
        List<Boolean> done = new ArrayList<>(steps.size());
        for (int from = 0; from < steps.size(); from += BATCH) {
            AppendCall call = new AppendCall(newEpoch());
            List<StateStep> batch = steps.subList(from, Math.min(steps.size(), from + BATCH));
            batch.forEach(call::step);
            List<?> answer = appended(call);
            batch.forEach(step -> done.add(!AppendCall.REFUSED.equals(answer.get(1 + call.firstEventOf(step)))));
        }
        return done;
    }

    @Override
    public LogSlice read(Map<Topic, Long> after, int limit, int enough) {
        List<Topic> topics = List.copyOf(after.keySet());
        List<String> keys = new ArrayList<>(List.of(Keys.EPOCH, Keys.SEQUENCE, Keys.MARKS));
        List<String> arguments = new ArrayList<>(List.of(newEpoch(), Integer.toString(limit), Integer.toString(enough)));
        for (Topic topic : topics) {
            keys.add(Keys.log(topic));
            keys.add(Keys.top(topic));
            arguments.add(after.get(topic).toString());
        }
        List<?> answer = (List<?>) RedisCalls.retry(() -> read.run(redis.commands(), keys, arguments));
        return new LogReader(answer).read(topics);
    }

    @Override
    public Tops tops(Collection<Topic> topics) {
        List<Topic> asked = List.copyOf(topics);
        List<String> keys = new ArrayList<>(List.of(Keys.EPOCH, Keys.SEQUENCE));
        asked.forEach(topic -> keys.add(Keys.top(topic)));
        List<?> answer = (List<?>) RedisCalls.retry(() -> tops.run(redis.commands(), keys, List.of()));
        Map<Topic, Long> known = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            long top = Long.parseLong((String) answer.get(i + 2));
            if (top > 0) {
                known.put(asked.get(i), top);
            }
        }
        return new Tops((String) answer.get(0), Long.parseLong((String) answer.get(1)), known);
    }

    @Override
    public String beginAnew(String epoch) {
        return (String) RedisCalls.retry(() -> anew.run(redis.commands(), List.of(Keys.EPOCH, Keys.SEQUENCE, Keys.MARKS),
                List.of(epoch, newEpoch())));
    }

    /** Taken if Redis holds no log: another one each time, or a node would give a new log the name of the lost one. */
    private String newEpoch() {
        return Long.toString(random.nextLong(1L << 40, 1L << 41), Character.MAX_RADIX);
    }

    private List<EventId> appendBatch(List<Entry> entries) {
        AppendCall call = new AppendCall(newEpoch());
        entries.forEach(call::event);
        List<?> answer = appended(call);
        String epoch = (String) answer.get(0);
        return answer.stream().skip(1).map(sequence -> new EventId(epoch, Long.parseLong((String) sequence))).toList();
    }

    private List<?> appended(AppendCall call) {
        try {
            return (List<?>) RedisCalls.call(() -> append.run(redis.commands(), call.keys(), call.arguments()));
        } catch (LogRefused refused) {
            Matcher one = OF_ONE_TOPIC.matcher(String.valueOf(refused.getCause().getMessage()));
            throw one.matches() ? new LogRefused(new Topic(one.group(1)), refused.getCause()) : refused;
        }
    }
}
