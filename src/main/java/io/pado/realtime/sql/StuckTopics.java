package io.pado.realtime.sql;

import io.pado.realtime.Topic;
import io.pado.realtime.log.LogRefused;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Topics that cannot take their events now though others can. Each is tried again after some seconds. Thread-safe. */
public final class StuckTopics {

    private static final Logger LOG = Logger.getLogger(StuckTopics.class.getName());
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** No topic has this name; lists in a query may not be empty. */
    private static final String NONE = "";

    private final Map<Topic, Long> since = new ConcurrentHashMap<>();

    /** @return names of topics not to be tried now */
    public Set<String> leftOut() {
        long now = System.nanoTime();
        Set<String> names = new HashSet<>(Set.of(NONE));
        since.forEach((topic, refused) -> {
            if (now - refused < REST_NANOS) {
                names.add(topic.name());
            }
        });
        return names;
    }

    /** The topic has refused. */
    public void is(Topic topic, LogRefused refused) {
        if (since.put(topic, System.nanoTime()) == null) {
            LOG.log(Level.WARNING, "Topic {0} takes no events; they wait, and others go on: {1}",
                    new Object[] {topic, refused.getCause().getMessage()});
        }
    }

    /** The topic has taken its events. */
    public void isNoMore(Topic topic) {
        if (since.remove(topic) != null) {
            LOG.log(Level.INFO, "Topic {0} takes events again", topic);
        }
    }
}
