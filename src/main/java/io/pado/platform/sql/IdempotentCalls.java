package io.pado.platform.sql;

import io.pado.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;

/**
 * Commands that may come twice and are done once. The key and the answer are stored in the command's own transaction, so they exist if
 * and only if it was done, on whatever node. Of two at a time the second waits for the first one's end. A refusal is not kept: nothing was
 * done, and the same request may succeed later.
 */
@ApplicationScoped
public class IdempotentCalls {

    private static final int MOST_KEY = 200;

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
        if (key.isEmpty()) {
            return command.get();
        }
        if (key.isBlank() || key.length() > MOST_KEY || key.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.badRequest("idempotency-key", "Idempotency-Key must be 1 to " + MOST_KEY + " printable characters.");
        }
        String hash = hash(content);
        if (!claim(caller, key, hash)) {
            return earlier(caller, key, hash);
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
    private boolean claim(String caller, String key, String hash) {
        return database.createNativeQuery("INSERT INTO idempotent_call (caller, key, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .setParameter(1, caller).setParameter(2, key).setParameter(3, hash).executeUpdate() == 1;
    }

    private void keep(String caller, String key, Answer answer) {
        database.createNativeQuery("UPDATE idempotent_call SET status = ?, location = ?, json = ? WHERE caller = ? AND key = ?")
                .setParameter(1, answer.status()).setParameter(2, answer.location()).setParameter(3, answer.json())
                .setParameter(4, caller).setParameter(5, key).executeUpdate();
    }

    private Answer earlier(String caller, String key, String hash) {
        Object[] row = (Object[]) database.createNativeQuery(
                "SELECT content, status, location, json FROM idempotent_call WHERE caller = ? AND key = ?")
                .setParameter(1, caller).setParameter(2, key).getSingleResult();
        if (!row[0].equals(hash)) {
            throw ProblemException.conflict("idempotency-key-reused",
                    "You have used this Idempotency-Key for another request; each needs one of its own.");
        }
        return new Answer(((Number) row[1]).intValue(), (String) row[2], (String) row[3]);
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, digest).toString(Character.MAX_RADIX);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
