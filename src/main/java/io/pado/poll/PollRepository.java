package io.pado.poll;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Polls and votes in the database. */
@ApplicationScoped
class PollRepository {

    @PersistenceContext
    private EntityManager database;

    /** Finds a poll and keeps everybody else from changing it until the transaction ends. */
    Optional<Poll> lock(long id) {
        return Optional.ofNullable(database.find(Poll.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** @param before only polls with a smaller id, newest first */
    List<Poll> page(long before, int size) {
        List<Long> ids = database.createQuery("SELECT p.id FROM Poll p WHERE p.id < :before ORDER BY p.id DESC", Long.class)
                .setParameter("before", before)
                .setMaxResults(size)
                .getResultList();
        // With all their options: else each poll is one more query.
        return ids.isEmpty() ? List.of() : database.createQuery("SELECT DISTINCT p FROM Poll p LEFT JOIN FETCH p.options WHERE p.id IN :ids ORDER BY p.id DESC",
                Poll.class).setParameter("ids", ids).getResultList();
    }

    boolean isEmpty() {
        return database.createQuery("SELECT COUNT(p) FROM Poll p", Long.class).getSingleResult() == 0;
    }

    Poll add(Poll poll) {
        database.persist(poll);
        database.flush();
        return poll;
    }

    /** @return what these voters have chosen, by their keys; changeable */
    Map<String, Long> choices(long pollId, List<String> voters) {
        Map<String, Long> choices = new HashMap<>();
        for (Object row : database.createNativeQuery("SELECT voter, option_id FROM vote WHERE poll_id = ? AND voter = ANY (?)")
                .setParameter(1, pollId).setParameter(2, voters.toArray(String[]::new)).getResultList()) {
            choices.put((String) ((Object[]) row)[0], ((Number) ((Object[]) row)[1]).longValue());
        }
        return choices;
    }

    /** Stores choices, whether these voters had one before or not; the caller holds the poll's lock. */
    void choose(long pollId, Map<String, Long> choices) {
        database.createNativeQuery("INSERT INTO vote (poll_id, voter, option_id) SELECT ?, voter, CAST(option AS bigint)"
                + " FROM unnest(CAST(? AS text[]), CAST(? AS text[])) AS chosen (voter, option)"
                + " ON CONFLICT (poll_id, voter) DO UPDATE SET option_id = EXCLUDED.option_id")
                .setParameter(1, pollId).setParameter(2, choices.keySet().toArray(String[]::new))
                .setParameter(3, choices.values().stream().map(String::valueOf).toArray(String[]::new)).executeUpdate();
    }
}
