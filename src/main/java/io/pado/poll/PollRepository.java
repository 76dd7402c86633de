package io.pado.poll;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Polls and votes in the database. */
@ApplicationScoped
class PollRepository {

    @PersistenceContext
    private EntityManager database;

    Optional<Poll> find(long id) {
        return Optional.ofNullable(database.find(Poll.class, id));
    }

    /** Finds a poll and keeps everybody else from changing it until the transaction ends. */
    Optional<Poll> lock(long id) {
        return Optional.ofNullable(database.find(Poll.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** @param before only polls with a smaller id, newest first */
    List<Poll> page(long before, int size) {
        return database.createQuery("SELECT p FROM Poll p WHERE p.id < :before ORDER BY p.id DESC", Poll.class)
                .setParameter("before", before)
                .setMaxResults(size)
                .getResultList();
    }

    boolean isEmpty() {
        return database.createQuery("SELECT COUNT(p) FROM Poll p", Long.class).getSingleResult() == 0;
    }

    Poll add(Poll poll) {
        database.persist(poll);
        database.flush();
        return poll;
    }

    Optional<Vote> vote(long pollId, Voter voter) {
        return database.createQuery("SELECT v FROM Vote v WHERE v.pollId = :poll AND v.voter = :voter", Vote.class)
                .setParameter("poll", pollId)
                .setParameter("voter", voter.key())
                .getResultStream().findFirst();
    }

    void add(Vote vote) {
        database.persist(vote);
    }
}
