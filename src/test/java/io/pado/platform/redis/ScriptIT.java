package io.pado.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real Redis that forgets scripts, as one that was started again does. */
class ScriptIT {

    private static final int THREADS = 8;
    private static final int ROUNDS = 300;
    private static final Duration LONG = Duration.ofMinutes(1);

    private static TestRedis redis;
    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        redis = new TestRedis();
        threads = Executors.newFixedThreadPool(THREADS);
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
        redis.close();
    }

    @Test
    void manyWhoRunAScriptThatWasForgottenAllDo() {
        Script script = new Script("rights.lua", "probe.lua");
        CyclicBarrier forgotten = new CyclicBarrier(THREADS, () -> redis.client().commands().scriptFlush());
        List<CompletableFuture<Void>> all = IntStream.range(0, THREADS).mapToObj(i -> CompletableFuture.runAsync(() -> {
            for (int round = 0; round < ROUNDS; round++) {
                await(forgotten);
                script.run(redis.client().commands(), List.of("test:script"), List.of("60"));
            }
        }, threads)).toList();
        assertThat(CompletableFuture.anyOf(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)), failureOf(all))).succeedsWithin(LONG);
    }

    /** Others wait in vain for one that has failed. */
    private static CompletableFuture<Void> failureOf(List<CompletableFuture<Void>> all) {
        CompletableFuture<Void> failure = new CompletableFuture<>();
        all.forEach(each -> each.exceptionally(cause -> {
            failure.completeExceptionally(cause);
            return null;
        }));
        return failure;
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
