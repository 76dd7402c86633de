package io.pado.presence;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.json.Json;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.Publisher;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks for dead nodes and for graces that have ended, and tells friends what has changed. Every node does that. A change stays in Redis until it is
 * published, so whichever node dies, another one publishes it; the log recognises one that comes twice by user and version. Each node begins with the
 * oldest, so those of one user stay in order.
 */
@ApplicationScoped
class StatusRelay {

    static final String STATUS_CHANGE = "status_change";
    private static final Logger LOG = Logger.getLogger(StatusRelay.class.getName());
    private static final long PERIOD_MILLIS = 500;

    @Inject
    private PresenceStore store;
    @Inject
    private Publisher publisher;
    @Resource
    private ManagedThreadFactory threads;

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
        List<PresenceStore.Change> changes = store.changes();
        if (!changes.isEmpty()) {
            publish(changes);
            store.told(changes);
        }
        // Each step sweeps, however much there is to tell: who does not sweep for long makes the next one believe that Redis was away.
        return more || !changes.isEmpty() ? 0 : PERIOD_MILLIS;
    }

    private void publish(List<PresenceStore.Change> changes) {
        List<Publication> rest = changes.stream().map(change -> publication(change.status())).toList();
        while (!rest.isEmpty()) {
            try {
                publisher.publishAll(rest);
                return;
            } catch (LogRefused refused) {
                Topic stuck = refused.topic().orElseThrow(() -> refused);
                LOG.log(Level.WARNING, "Friends are not told of a change: the topic {0} takes no events", stuck);
                rest = rest.stream().filter(each -> !each.topic().equals(stuck)).toList();
            }
        }
    }

    private static Publication publication(StatusView status) {
        String user = Long.toString(status.userId());
        return new Publication(PresenceTopics.of(status.userId()), STATUS_CHANGE, user, Json.text(status), "presence:" + user + ':' + status.version());
    }
}
