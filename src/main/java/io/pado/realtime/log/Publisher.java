package io.pado.realtime.log;

import io.pado.realtime.EventId;
import io.pado.realtime.Publication;
import io.pado.realtime.policy.TopicPolicies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The one way in: whatever reaches a subscriber was given to this bean, on some node. Thread-safe; blocks for the log's answer. */
@ApplicationScoped
public class Publisher {

    private final EventLog log;
    private final TopicPolicies policies;

    @Inject
    public Publisher(EventLog log, TopicPolicies policies) {
        this.log = log;
        this.policies = policies;
    }

    /** For the container's proxy only. */
    protected Publisher() {
        this(null, null);
    }

    /**
     * @return the event's place in the log
     * @throws LogUnavailable if it may not have been stored; publishing it again is safe if it has a {@link Publication#idempotencyKey()}
     */
    public EventId publish(Publication publication) {
        return publishAll(List.of(publication)).get(0);
    }

    /**
     * Publishes in the given order.
     *
     * @return the places, in the same order
     * @throws LogUnavailable if some may not have been stored
     */
    public List<EventId> publishAll(List<Publication> publications) {
        return log.append(publications.stream().map(this::entry).toList());
    }

    /**
     * Takes steps of states ({@link EventLog#take}).
     *
     * @return for each whether it is done; false if it is refused
     * @throws LogUnavailable if some may not have been done; taking them again is safe
     */
    public List<Boolean> take(List<EventLog.StateStep> steps) {
        return log.take(steps);
    }

    /** @return an event with the history of its topic, for a step */
    public EventLog.Entry entry(Publication publication) {
        return new EventLog.Entry(publication, policies.of(publication.topic()).history(publication.topic()));
    }
}
