package io.pado.realtime.hub;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.Start;
import io.pado.realtime.Tap;
import io.pado.realtime.Topic;
import io.pado.realtime.Writers;
import io.pado.realtime.audience.Audience;
import io.pado.realtime.audience.Audiences;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.policy.TopicPolicies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Brings the open streams of this node to what their callers may hear now. A stream with an {@link Audience} ends at the place of the change and joins
 * again from there, as if its client had reconnected with the right id: so what stays has no gap, and what is new begins where the change
 * was. A stream whose topics were named once leaves those that its caller may not read any more. Thread-safe.
 */
@ApplicationScoped
public class AudienceChanges implements Tap {

    private static final Logger LOG = Logger.getLogger(AudienceChanges.class.getName());

    private final Hub hub;
    private final TopicPolicies policies;
    private final Writers writers;

    /** A subscription that has ended, and where another one goes on. */
    private record Ended(Subscription subscription, EventId place) {
    }

    @Inject
    AudienceChanges(Hub hub, TopicPolicies policies, Writers writers) {
        this.hub = hub;
        this.policies = policies;
        this.writers = writers;
    }

    /** For the container's proxy only. */
    protected AudienceChanges() {
        this(null, null, null);
    }

    void start(@Observes Startup startup) {
        hub.tap(Audiences.TOPIC, this);
    }

    @Override
    public void heard(Envelope change) {
        List<Long> users = Audiences.users(change);
        Stream<Subscriber> concerned = users.isEmpty() ? identified() : users.stream().flatMap(user -> hub.subscribersOf(user).stream());
        concerned.toList().forEach(subscriber -> changed(subscriber, change.id()));
    }

    /** A change may be among what was missed, so everybody's rights are asked for again. */
    @Override
    public void missed() {
        identified().toList().forEach(this::recheck);
    }

    private Stream<Subscriber> identified() {
        return hub.subscribers().stream().filter(subscriber -> subscriber.caller().userId().isPresent());
    }

    /**
     * Asks again what a subscriber's caller may hear: because the caller is another one now, whose token was renewed, or because the audience has something
     * to send that belongs at one place between the events.
     */
    public void recheck(Subscriber subscriber) {
        hub.inBetween(place -> changed(subscriber, place));
    }

    /** Runs in the order of the log, and must not block: what asks stores is left to a writer. */
    private void changed(Subscriber subscriber, EventId place) {
        if (!subscriber.beginRecheck()) {
            return;
        }
        List<Ended> ended = subscriber.subscriptions().stream().filter(each -> each.audience().isPresent())
                .flatMap(each -> each.leaveAt(place).map(reached -> new Ended(each, reached)).stream()).toList();
        writers.execute(() -> bringUpToDate(subscriber, ended));
    }

    private void bringUpToDate(Subscriber subscriber, List<Ended> ended) {
        boolean done = false;
        try {
            ended.forEach(this::joinAgain);
            narrow(subscriber);
            done = true;
        } catch (LogUnavailable away) {
            LOG.log(Level.FINE, "A stream ends because its topics cannot be joined", away);
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "What " + subscriber.caller().userId() + " may hear could not be asked for; the stream ends, and its client"
                    + " comes back", failure);
        } finally {
            if (!done) {
                subscriber.end(CloseReason.UNAVAILABLE);
            } else if (subscriber.endRecheck()) {
                recheck(subscriber);
            }
        }
    }

    private void joinAgain(Ended ended) {
        Subscription before = ended.subscription();
        Subscriber subscriber = before.subscriber();
        Optional<Join> join = subscriber.hasLeft() ? Optional.empty()
                : Optional.of(hub.join(subscriber, before.audience().orElseThrow(), Start.after(ended.place())));
        hub.replaced(before);
        join.ifPresent(Join::begin);
    }

    /** Topics that were named once are only left: what else its caller may read by now, nobody asked for. */
    private void narrow(Subscriber subscriber) {
        Set<Topic> lost = new HashSet<>();
        for (Subscription each : subscriber.subscriptions()) {
            if (each.audience().isEmpty()) {
                Set<Topic> unreadable = new HashSet<>(each.topics());
                unreadable.removeAll(policies.readable(subscriber.caller(), each.topics()));
                hub.leave(each, unreadable);
                lost.addAll(unreadable);
            }
        }
        if (lost.isEmpty()) {
            return;
        }
        if (subscriber.subscriptions().isEmpty()) {
            subscriber.finish(CloseReason.RIGHTS_CHANGED);
        } else {
            subscriber.notify(Notice.RIGHTS_LOST.of(lost));
        }
    }
}
