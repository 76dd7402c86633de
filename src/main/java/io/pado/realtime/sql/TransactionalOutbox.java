package io.pado.realtime.sql;

import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.TopicPolicies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a relay puts an event in the transaction of its fact: committed with it, gone with it. For events of one key to be
 * published in the order of their facts, the transaction must hold a lock on what the key names.
 */
@ApplicationScoped
public class TransactionalOutbox {

    @PersistenceContext
    private EntityManager database;

    @Inject
    private Event<EventStored> stored;

    @Inject
    private TopicPolicies policies;

    /** @param publication if it has no idempotency key it gets one of its own; if it has, and waits already, nothing is done */
    @Transactional(TxType.MANDATORY)
    public void add(Publication publication) {
        OutboxRow row = new OutboxRow(publication);
        database.createNativeQuery("INSERT INTO outbox (once, topic, type, subject, json) VALUES (?, ?, ?, ?, ?) ON CONFLICT (once) DO NOTHING")
                .setParameter(1, row.idempotencyKey()).setParameter(2, publication.topic().name()).setParameter(3, publication.type())
                .setParameter(4, publication.key()).setParameter(5, publication.json()).executeUpdate();
        stored.fire(new EventStored(DrainPass.isPaced(publication.topic(), publication.key(), policies)));
    }

    /** @return those of the topics of which events wait: what is published of them now would overtake these */
    @Transactional(TxType.MANDATORY)
    public Set<Topic> waiting(Set<Topic> topics) {
        return database.createQuery("SELECT DISTINCT r.topic FROM OutboxRow r WHERE r.topic IN :topics", String.class)
                .setParameter("topics", topics.stream().map(Topic::name).toList())
                .getResultList().stream().map(Topic::new).collect(Collectors.toSet());
    }
}
