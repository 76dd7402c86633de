package io.pado.presence;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.json.Json;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.Publisher;
import io.pado.realtime.sql.StuckTopics;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for dead nodes and for graces that have ended, and tells friends what has changed. Every node does that. A change stays in Redis until it is
 * published, so whichever node dies, another one publishes it; the log recognises one that comes twice by user and version. Each node begins with the
 * oldest, so those of one user stay in order.
 */
@ApplicationScoped
class StatusRelay {

    static final String STATUS_CHANGE = "status_change";
    private static final long PERIOD_MILLIS = 500;

    @Inject
    private PresenceStore store;
    @Inject
    private Publisher publisher;
    @Resource
    private ManagedThreadFactory threads;

    /** Of the loop's thread. */
    private final StuckTopics stuck = new StuckTopics();
    private final BackgroundLoop loop = new BackgroundLoop("presence-relay", this::step);

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /** There is something to tell. */
    void nudge() {
        loop.nudge();
    }

    private long step() {
        boolean more = store.sweep();
        List<PresenceStore.Change> told = publish(store.changes());
        if (!told.isEmpty()) {
            store.told(told);
        }
        // Each step sweeps, however much there is to tell: who does not sweep for long makes the next one believe that Redis was away.
        return more || !told.isEmpty() ? 0 : PERIOD_MILLIS;
    }

    /** @return those that need not be told any more. Of a user whose topic takes no events now the newest stays where it is, until it does */
    private List<PresenceStore.Change> publish(List<PresenceStore.Change> changes) {
        Set<String> leftOut = stuck.leftOut();
        List<PresenceStore.Change> due = changes.stream().filter(change -> !leftOut.contains(topic(change).name())).toList();
        while (!due.isEmpty()) {
            try {
                publisher.publishAll(due.stream().map(change -> publication(change.status())).toList());
                break;
            } catch (LogRefused refused) {
                Topic topic = refused.topic().orElseThrow(() -> refused);
                stuck.is(topic, refused);
                due = due.stream().filter(change -> !topic(change).equals(topic)).toList();
            }
        }
        due.forEach(change -> stuck.isNoMore(topic(change)));
        Map<Topic, PresenceStore.Change> waiting = new HashMap<>();
        changes.forEach(change -> waiting.put(topic(change), change));
        due.forEach(change -> waiting.remove(topic(change)));
        return changes.stream().filter(change -> !waiting.containsValue(change)).toList();
    }

    private static Topic topic(PresenceStore.Change change) {
        return PresenceTopics.of(change.status().userId());
    }

    private static Publication publication(StatusView status) {
        String user = Long.toString(status.userId());
        return new Publication(PresenceTopics.of(status.userId()), STATUS_CHANGE, user, Json.text(status), "presence:" + user + ':' + status.version());
    }
}
