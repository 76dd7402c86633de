package io.pado.stores;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Gets all stores ready at the same time. It always waits for every one, so that nothing is still starting when it returns or
 * throws; after a failure those that did start are closed and the first failure is thrown.
 */
final class ParallelStart {

    private ParallelStart() {
    }

    static List<Store> all(List<StoreKind> kinds, Function<StoreKind, Store> way, Consumer<String> progress) {
        QuietLibraries.apply();
        ExecutorService threads = Executors.newFixedThreadPool(kinds.size());
        try {
            List<CompletableFuture<Store>> starts = kinds.stream()
                    .map(kind -> CompletableFuture.supplyAsync(() -> one(kind, way, progress), threads)).toList();
            return settle(starts);
        } finally {
            threads.shutdown();
        }
    }

    private static Store one(StoreKind kind, Function<StoreKind, Store> way, Consumer<String> progress) {
        long begin = System.nanoTime();
        Store store = way.apply(kind);
        double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
        progress.accept(store.embedded() ? "%s is ready at %s (%.1f s)".formatted(store.name(), store.address(), seconds)
                : "%s at %s answers".formatted(store.name(), store.address()));
        return store;
    }

    private static List<Store> settle(List<CompletableFuture<Store>> starts) {
        List<Store> ready = new ArrayList<>();
        RuntimeException failure = null;
        for (CompletableFuture<Store> start : starts) {
            try {
                ready.add(start.join());
            } catch (CompletionException failed) {
                RuntimeException reason = reason(failed);
                if (failure == null) {
                    failure = reason;
                } else {
                    failure.addSuppressed(reason);
                }
            }
        }
        if (failure != null) {
            closeAfter(failure, ready);
            throw failure;
        }
        return ready;
    }

    private static RuntimeException reason(CompletionException failed) {
        return failed.getCause() instanceof RuntimeException reason ? reason : failed;
    }

    private static void closeAfter(RuntimeException failure, List<Store> ready) {
        try {
            Closing.inReverse(ready);
        } catch (RuntimeException stays) {
            failure.addSuppressed(stays);
        }
    }
}
