package io.pado.platform.sql;

import io.pado.platform.Batches;
import io.pado.platform.Batches.Outcome;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.problem.ProblemException;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
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
    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;
    @Inject
    private TransactionLimits limits;

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

    /**
     * A command that is done together with others.
     *
     * @param caller  whose key it is
     * @param key     its name; none, and it is done each time
     * @param command what is to be done
     */
    public record Call<C>(String caller, IdempotencyKey key, C command) {

        private Name name() {
            return new Name(caller, key.text());
        }
    }

    private record Name(String caller, String key) {
    }

    /**
     * Does several commands in one transaction of their own. Each is done once and answered as by {@link #once}; of two with the same key
     * the second gets what the first one got.
     *
     * @param commands does commands, in this transaction: an outcome for each, in their order. One that is refused has changed nothing
     * @return an outcome for each call, in their order, once it is stored
     * @throws Batches.Undone if it is certain that nothing was done
     */
    @Transactional(TxType.REQUIRES_NEW)
    public <C> List<Outcome<Answer>> together(List<Call<C>> calls, Function<List<C>, List<Outcome<Answer>>> commands) {
        try {
            limits.endWhenSilentOrLockedOut();
            Map<Name, Call<C>> first = new TreeMap<>(Comparator.comparing(Name::caller).thenComparing(Name::key));
            calls.stream().filter(call -> call.key().isGiven()).forEach(call -> first.putIfAbsent(call.name(), call));
            Set<Name> claimed = first.isEmpty() ? Set.of() : claim(first.values());
            List<Call<C>> due = calls.stream().filter(call -> !call.key().isGiven() || first.get(call.name()) == call && claimed.contains(call.name()))
                    .toList();
            Map<Call<C>, Outcome<Answer>> outcomes = new IdentityHashMap<>();
            List<Outcome<Answer>> done = due.isEmpty() ? List.of() : commands.apply(due.stream().map(Call::command).toList());
            for (int i = 0; i < due.size(); i++) {
                outcomes.put(due.get(i), done.get(i));
            }
            settle(due, outcomes);
            database.flush();
            if (transaction.getRollbackOnly()) {
                // Else the container would roll back in silence what all of them are told to be done.
                throw new IllegalStateException("One command of a batch has rolled back the transaction of all");
            }
            return calls.stream().map(call -> outcomes.containsKey(call) ? outcomes.get(call) : repeated(call, first.get(call.name()), outcomes))
                    .toList();
        } catch (RuntimeException failure) {
            throw SqlFailures.mayPassOfCause(failure) ? failure : new Batches.Undone(failure);
        }
    }

    /** Forgets what is older than a day. */
    @Transactional
    void purge(@Observes Purge due) {
        due.deleted(database.createNativeQuery(Purge.statement("idempotent_call", "created_at < now() - interval '24 hours'")).executeUpdate());
    }

    /** Waits for whoever claims the same key at this moment. */
    private boolean claim(String caller, IdempotencyKey key) {
        return database.createNativeQuery("INSERT INTO idempotent_call (caller, key, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .setParameter(1, caller).setParameter(2, key.text()).setParameter(3, key.content()).executeUpdate() == 1;
    }

    /** All that are new, in one order, so that no two transactions wait for each other. */
    private <C> Set<Name> claim(Collection<Call<C>> calls) {
        Set<Name> claimed = new HashSet<>();
        for (Object row : database.createNativeQuery("INSERT INTO idempotent_call (caller, key, content)"
                + " SELECT caller, key, content FROM unnest(CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[])) AS call (caller, key, content)"
                + " ON CONFLICT DO NOTHING RETURNING caller, key")
                .setParameter(1, texts(calls, Call::caller)).setParameter(2, texts(calls, call -> call.key().text()))
                .setParameter(3, texts(calls, call -> call.key().content())).getResultList()) {
            claimed.add(new Name((String) ((Object[]) row)[0], (String) ((Object[]) row)[1]));
        }
        return claimed;
    }

    /** Keeps the answers of what was done, and gives back the keys of what was refused. */
    private <C> void settle(List<Call<C>> due, Map<Call<C>, Outcome<Answer>> outcomes) {
        List<Call<C>> done = due.stream().filter(call -> call.key().isGiven() && outcomes.get(call).refusal() == null).toList();
        List<Call<C>> refused = due.stream().filter(call -> call.key().isGiven() && outcomes.get(call).refusal() != null).toList();
        if (!done.isEmpty()) {
            database.createNativeQuery("UPDATE idempotent_call AS stored SET status = CAST(call.status AS integer), location = call.location,"
                    + " json = call.json FROM unnest(CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]))"
                    + " AS call (caller, key, status, location, json) WHERE stored.caller = call.caller AND stored.key = call.key")
                    .setParameter(1, texts(done, Call::caller)).setParameter(2, texts(done, call -> call.key().text()))
                    .setParameter(3, texts(done, call -> Integer.toString(outcomes.get(call).answer().status())))
                    .setParameter(4, texts(done, call -> outcomes.get(call).answer().location()))
                    .setParameter(5, texts(done, call -> outcomes.get(call).answer().json())).executeUpdate();
        }
        if (!refused.isEmpty()) {
            database.createNativeQuery("DELETE FROM idempotent_call AS stored USING unnest(CAST(? AS text[]), CAST(? AS text[]))"
                    + " AS call (caller, key) WHERE stored.caller = call.caller AND stored.key = call.key")
                    .setParameter(1, texts(refused, Call::caller)).setParameter(2, texts(refused, call -> call.key().text())).executeUpdate();
        }
    }

    private <C> Outcome<Answer> repeated(Call<C> call, Call<C> first, Map<Call<C>, Outcome<Answer>> outcomes) {
        try {
            if (outcomes.containsKey(first)) {
                call.key().requireSame(first.key().content());
                return outcomes.get(first);
            }
            return Outcome.done(earlier(call.caller(), call.key()));
        } catch (ProblemException other) {
            return Outcome.refused(other);
        }
    }

    private static <C> String[] texts(Collection<Call<C>> calls, Function<Call<C>, String> text) {
        return calls.stream().map(text).toArray(String[]::new);
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
