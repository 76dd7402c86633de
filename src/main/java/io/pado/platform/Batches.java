package io.pado.platform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Has commands that come at the same time done together (group commit). While one batch of a key is under way those that come wait, and
 * are the next batch; so there is never more than one under way for a key on this node, and a command that comes alone does not wait.
 * Batches run on the threads of their commands. Thread-safe.
 *
 * @param <K> what commands are gathered by
 * @param <C> a command
 * @param <A> its answer
 */
public final class Batches<K, C, A> {

    /**
     * What came of one command.
     *
     * @param answer  null after a refusal
     * @param refusal null if it was done
     */
    public record Outcome<A>(A answer, RuntimeException refusal) {

        /** It was done. */
        public static <A> Outcome<A> done(A answer) {
            return new Outcome<>(answer, null);
        }

        /** It was not done, for a reason of its own. */
        public static <A> Outcome<A> refused(RuntimeException why) {
            return new Outcome<>(null, why);
        }

        /** @return the answer. @throws RuntimeException the refusal */
        public A get() {
            if (refusal != null) {
                throw refusal;
            }
            return answer;
        }
    }

    /** Thrown by a step if it is certain that none of its commands was done, and one of them may be why: each is then done alone. */
    public static final class Undone extends RuntimeException {

        private final RuntimeException reason;

        /** @param reason what a command that is alone is told */
        public Undone(RuntimeException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** Does the commands of a batch. */
    @FunctionalInterface
    public interface Step<K, C, A> {

        /**
         * @return an outcome for each command, in their order
         * @throws Undone           to have each of them done alone
         * @throws RuntimeException what all of them are told
         */
        List<Outcome<A>> run(K key, List<C> commands);
    }

    private static final class Waiting<C, A> {

        private final C command;
        /** Completed with nothing if it is this one's turn to do the next batch. */
        private final CompletableFuture<Outcome<A>> told = new CompletableFuture<>();

        Waiting(C command) {
            this.command = command;
        }
    }

    private final int most;
    private final Step<K, C, A> step;
    /** A key is here while a batch of it is under way, with those that wait. Guarded by this. */
    private final Map<K, Queue<Waiting<C, A>>> waiting = new HashMap<>();

    /**
     * @param most commands in a batch
     * @param step does them
     */
    public Batches(int most, Step<K, C, A> step) {
        this.most = most;
        this.step = step;
    }

    /**
     * Has a command done, and waits for it.
     *
     * @return its own answer
     * @throws RuntimeException its own refusal, or the failure of its batch
     */
    public A submit(K key, C command) {
        Waiting<C, A> mine = new Waiting<>(command);
        if (isFirst(key, mine)) {
            return lead(key, mine);
        }
        Outcome<A> told = mine.told.join();
        return told == null ? lead(key, mine) : told.get();
    }

    /** @return how many commands of a key wait for the next batch */
    synchronized int waiting(K key) {
        Queue<Waiting<C, A>> others = waiting.get(key);
        return others == null ? 0 : others.size();
    }

    private synchronized boolean isFirst(K key, Waiting<C, A> mine) {
        Queue<Waiting<C, A>> others = waiting.get(key);
        if (others == null) {
            waiting.put(key, new ArrayDeque<>());
            return true;
        }
        others.add(mine);
        return false;
    }

    /** Does the batch that begins with this one, and hands the next one over whatever happens. */
    private A lead(K key, Waiting<C, A> mine) {
        List<Waiting<C, A>> batch = batch(key, mine);
        List<Outcome<A>> outcomes = List.of();
        RuntimeException broken = new IllegalStateException("A batch has broken off");
        try {
            outcomes = outcomes(key, batch.stream().map(each -> each.command).toList());
        } finally {
            handOver(key);
            for (int i = 1; i < batch.size(); i++) {
                batch.get(i).told.complete(i < outcomes.size() ? outcomes.get(i) : Outcome.refused(broken));
            }
        }
        return outcomes.get(0).get();
    }

    private synchronized List<Waiting<C, A>> batch(K key, Waiting<C, A> mine) {
        Queue<Waiting<C, A>> others = waiting.get(key);
        List<Waiting<C, A>> batch = new ArrayList<>();
        batch.add(mine);
        while (batch.size() < most && !others.isEmpty()) {
            batch.add(others.remove());
        }
        return batch;
    }

    private synchronized void handOver(K key) {
        Waiting<C, A> next = waiting.get(key).poll();
        if (next == null) {
            waiting.remove(key);
        } else {
            next.told.complete(null);
        }
    }

    private List<Outcome<A>> outcomes(K key, List<C> commands) {
        try {
            return step.run(key, commands);
        } catch (Undone undone) {
            return commands.size() == 1 ? List.of(Outcome.refused(undone.reason))
                    : commands.stream().flatMap(each -> outcomes(key, List.of(each)).stream()).toList();
        } catch (Exception failure) {
            // Interceptors may throw what is not declared, as when a commit fails.
            RuntimeException told = failure instanceof RuntimeException declared ? declared
                    : new IllegalStateException("A batch could not be done", failure);
            return commands.stream().map(each -> Outcome.<A>refused(told)).toList();
        }
    }
}
