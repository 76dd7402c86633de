package io.pado.realtime.sql;

import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;

/** Events whose topic cannot take them now, though others can; the outbox publishes them when it can. */
@ApplicationScoped
public class RefusedEvents {

    @Inject
    private TransactionalOutbox outbox;

    /** Keeps them in this order; those that are kept already are not kept twice. */
    @Transactional
    public void keep(List<Publication> publications) {
        publications.forEach(outbox::add);
    }

    /** @return those of the topics of which events wait */
    @Transactional
    public Set<Topic> waiting(Set<Topic> topics) {
        return outbox.waiting(topics);
    }
}
