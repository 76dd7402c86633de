package io.pado.platform.sql;

import io.pado.platform.Answer;
import io.pado.platform.IdempotencyKey;
import io.pado.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/**
 * Commands that may come twice and are done once. The key and the answer are stored in the command's own transaction, so they exist if
 * and only if it was done, on whatever node. Of two at a time the second waits for the first one's end. A refusal is not kept: nothing was
 * done, and the same request may succeed later.
 */
@ApplicationScoped
public class IdempotentCalls {

    @PersistenceContext
    private EntityManager database;

    /**
     * Does a command, unless the same caller has done it with the same key; then gives the answer of the first time.
     *
     * @param caller  whose keys these are
     * @param key     as sent in {@code Idempotency-Key}; empty for none, and then the command is done each time
     * @param content all that makes the command what it is: address and body
     * @param command does it; joins this transaction
     * @throws ProblemException 400 for what is no key, 409 if the key was used for something else within 24 h, or what the command throws
     */
    @Transactional
    public Answer once(String caller, String key, String content, Supplier<Answer> command) {
        IdempotencyKey sent = IdempotencyKey.of(key, content);
        if (!sent.isGiven()) {
            return command.get();
        }
        if (!claim(caller, sent)) {
            return earlier(caller, sent);
        }
        Answer answer = command.get();
        keep(caller, key, answer);
        return answer;
    }

    /** Forgets what is older than a day. */
    @Transactional
    void purge(@Observes Purge due) {
        database.createNativeQuery("DELETE FROM idempotent_call WHERE created_at < now() - interval '24 hours'").executeUpdate();
    }

    /** Waits for whoever claims the same key at this moment. */
    private boolean claim(String caller, IdempotencyKey key) {
        return database.createNativeQuery("INSERT INTO idempotent_call (caller, key, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .setParameter(1, caller).setParameter(2, key.text()).setParameter(3, key.content()).executeUpdate() == 1;
    }

    private void keep(String caller, String key, Answer answer) {
        database.createNativeQuery("UPDATE idempotent_call SET status = ?, location = ?, json = ? WHERE caller = ? AND key = ?")
                .setParameter(1, answer.status()).setParameter(2, answer.location()).setParameter(3, answer.json())
                .setParameter(4, caller).setParameter(5, key).executeUpdate();
    }

    private Answer earlier(String caller, IdempotencyKey key) {
        Object[] row = (Object[]) database.createNativeQuery(
                "SELECT content, status, location, json FROM idempotent_call WHERE caller = ? AND key = ?")
                .setParameter(1, caller).setParameter(2, key.text()).getSingleResult();
        key.requireSame((String) row[0]);
        return new Answer(((Number) row[1]).intValue(), (String) row[2], (String) row[3]);
    }
}
