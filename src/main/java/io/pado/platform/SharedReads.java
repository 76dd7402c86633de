package io.pado.platform;

import java.util.Collections;
import java.util.function.Function;

/**
 * Reads that many ask for at the same time, done once for all of them. Whoever asks while a read is under way waits for the next one: so
 * what anybody gets was read after they asked, and nothing can be out of date. Nothing is kept. Thread-safe.
 *
 * @param <K> what is read
 * @param <A> what is found
 */
public final class SharedReads<K, A> {

    private final Batches<K, Boolean, A> reads;

    /** @param read finds what a key stands for; its failure is everybody's who asked */
    public SharedReads(Function<K, A> read) {
        reads = new Batches<>(Integer.MAX_VALUE,
                (key, askers) -> Collections.nCopies(askers.size(), Batches.Outcome.done(read.apply(key))));
    }

    /** @return what the key stands for, read after this was called */
    public A get(K key) {
        return reads.submit(key, true);
    }
}
