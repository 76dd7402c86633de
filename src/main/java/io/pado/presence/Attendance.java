package io.pado.presence;

import io.pado.platform.BackgroundLoop;
import io.pado.realtime.CloseReason;
import io.pado.realtime.StreamClosed;
import io.pado.realtime.StreamOpened;
import io.pado.realtime.log.LogUnavailable;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps Redis told of which users have streams on this node, all of one moment in one step, under a name that counts for as long as it is renewed. If the
 * name does not count any more (this node was paused beyond its lease, or Redis lost its data, or only its last second), the node takes another name and
 * tells of all its streams anew: its epoch.
 */
@ApplicationScoped
public class Attendance {

    private static final Logger LOG = Logger.getLogger(Attendance.class.getName());
    private static final long PERIOD_MILLIS = 50;
    private static final long RENEWAL_NANOS = PresenceStore.LEASE.toNanos() / 3;
    /** After a pause: until it is known whose streams have ended meanwhile. */
    private static final long SETTLING_NANOS = TimeUnit.SECONDS.toNanos(2);

    @Inject
    private PresenceStore store;
    @Inject
    private StatusRelay relay;
    @Inject
    private FactExchange facts;
    @Inject
    private Refresher refresher;
    @Inject
    private Activity activity;
    @Resource
    private ManagedThreadFactory threads;

    private final Roll roll = new Roll();
    private final BackgroundLoop loop = new BackgroundLoop("presence", this::step);
    private volatile boolean drains;
    private volatile String name = anotherName();
    private volatile boolean confirmed;

    // All below belong to the loop's thread.
    private final List<String> retired = new ArrayList<>();
    private String incarnation = "";
    private long confirmedStep;
    private long step;
    private long renewedAt;
    private boolean rebuilds;
    private long rebuildAt;

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    void opened(@Observes StreamOpened opened) {
        opened.caller().userId().ifPresent(user -> {
            roll.came(opened.connectionId(), user);
            activity.note(user);
        });
    }

    void closed(@Observes StreamClosed closed) {
        closed.caller().userId().ifPresent(user -> roll.left(closed.connectionId(), user));
        if (closed.reason().equals(CloseReason.STOPPING)) {
            drains = true;
        }
    }

    /** What is not told any more is found by the others when the lease has run out. */
    @PreDestroy
    void stop() {
        loop.stop();
        drains = true;
        try {
            List<Roll.Note> rest = roll.take(PresenceStore.MOST);
            while (confirmed && !rest.isEmpty()) {
                attend(rest);
                rest = roll.take(PresenceStore.MOST);
            }
            store.resign(name);
        } catch (LogUnavailable away) {
            LOG.log(Level.FINE, "This node leaves without a word, because Redis does not answer", away);
        }
    }

    private long step() {
        if (rebuilds && System.nanoTime() - rebuildAt >= 0) {
            rebuilds = false;
            roll.tellAllAgain();
        }
        List<Roll.Note> notes = roll.take(PresenceStore.MOST);
        if (notes.isEmpty() && confirmed && System.nanoTime() - renewedAt < RENEWAL_NANOS) {
            activity.writeIfDue();
            return PERIOD_MILLIS;
        }
        boolean told = false;
        try {
            told = tell(notes);
        } finally {
            if (!told) {
                roll.putBack(notes);
            }
        }
        activity.writeIfDue();
        return roll.isTold() ? PERIOD_MILLIS : 0;
    }

    /** @return false if the node has to take another name first */
    private boolean tell(List<Roll.Note> notes) {
        long begun = System.nanoTime();
        PresenceStore.Answer answer = attend(notes);
        boolean isLost = !incarnation.isEmpty() && !incarnation.equals(answer.incarnation());
        incarnation = answer.incarnation();
        if (isLost) {
            LOG.log(Level.WARNING, "Redis has lost who is online; this node tells it of its streams again");
            refresher.after(store.quiet());
        }
        if (!answer.counts()) {
            if (answer.isLost()) {
                LOG.log(Level.WARNING, "Redis has lost the last steps of this node; it is told of all streams again");
                retired.add(name);
            }
            beginAnew(isLost || answer.isLost() ? begun : begun + SETTLING_NANOS);
            return false;
        }
        confirmed = true;
        confirmedStep = step;
        renewedAt = begun;
        if (answer.news()) {
            relay.nudge();
            facts.nudge();
        }
        if (!rebuilds && roll.isTold()) {
            giveUpRetired();
        }
        return true;
    }

    private PresenceStore.Answer attend(List<Roll.Note> notes) {
        return store.attend(new PresenceStore.Step(name, !confirmed, drains, confirmedStep, ++step), moments(notes, true), moments(notes, false));
    }

    /** All that live are known by the present name: whoever is held by an older one has left. */
    private void giveUpRetired() {
        while (!retired.isEmpty()) {
            store.retire(retired.get(0));
            retired.remove(0);
        }
    }

    private void beginAnew(long tellAllAt) {
        name = anotherName();
        confirmed = false;
        confirmedStep = 0;
        rebuilds = true;
        rebuildAt = tellAllAt;
    }

    private static String anotherName() {
        return UUID.randomUUID().toString().substring(0, 13);
    }

    private static List<PresenceStore.Moment> moments(List<Roll.Note> notes, boolean came) {
        long now = System.nanoTime();
        return notes.stream().filter(note -> note.came() == came)
                .map(note -> new PresenceStore.Moment(note.userId(), note.stream(), TimeUnit.NANOSECONDS.toMillis(now - note.nanos()))).toList();
    }
}
