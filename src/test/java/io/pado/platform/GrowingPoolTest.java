package io.pado.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrowingPoolTest {

    private final AtomicInteger started = new AtomicInteger();
    private final GrowingPool pool = new GrowingPool(this::thread, 1_024);
    private final CountDownLatch stuck = new CountDownLatch(1);

    @AfterEach
    void stop() {
        stuck.countDown();
        pool.stop();
    }

    @Test
    void stuckTasksDoNotHoldUpOthers() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            pool.execute(this::getStuck);
        }
        CountDownLatch done = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            pool.execute(done::countDown);
        }

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tasksThatSayThatTheyWaitHoldUpNobodyWithoutBeingWatched() throws InterruptedException {
        pool.stop();
        for (int i = 0; i < 100; i++) {
            pool.execute(this::sayAndGetStuck);
        }
        CountDownLatch done = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            pool.execute(done::countDown);
        }

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.workers()).isLessThanOrEqualTo(100 + Runtime.getRuntime().availableProcessors());
    }

    @Test
    void manyShortTasksNeedFewThreads() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(10_000);
        for (int i = 0; i < 10_000; i++) {
            pool.execute(done::countDown);
        }

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(started.get()).isLessThan(1_000);
    }

    @Test
    void shrinksWhenTasksAreNoLongerStuck() {
        for (int i = 0; i < 100; i++) {
            pool.execute(this::getStuck);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> pool.workers() >= 100);
        stuck.countDown();

        await().atMost(Duration.ofSeconds(10)).until(() -> pool.workers() == 0);
    }

    @Test
    void tasksThatComeWhileAllThreadsAreStuckAreDone() throws InterruptedException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            pool.execute(this::getStuck);
        }
        CountDownLatch done = new CountDownLatch(1);
        await().atMost(Duration.ofSeconds(10)).until(() -> pool.workers() > 0);
        pool.execute(done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stuckThreadIsReplacedWhileOthersGoOn() throws InterruptedException {
        pool.execute(this::getStuck);
        int processors = Runtime.getRuntime().availableProcessors();
        CountDownLatch atOnce = new CountDownLatch(processors);
        CountDownLatch done = new CountDownLatch(processors);
        for (int i = 0; i < processors; i++) {
            pool.execute(() -> {
                meet(atOnce);
                done.countDown();
            });
        }

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void threadThatCannotBeStartedIsMissedOnce() throws InterruptedException {
        AtomicInteger refusals = new AtomicInteger();
        GrowingPool poor = new GrowingPool(work -> {
            // The first thread is the pool's own watch.
            if (refusals.getAndIncrement() == 1) {
                throw new IllegalStateException("expected by the test");
            }
            return new Thread(work);
        }, 1_024);
        CountDownLatch done = new CountDownLatch(2);
        poor.execute(done::countDown);
        poor.execute(done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        poor.stop();
    }

    @Test
    void failedTaskDoesNotEndTheOthers() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        pool.execute(() -> {
            throw new IllegalStateException("expected by the test");
        });
        pool.execute(done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private Thread thread(Runnable work) {
        started.incrementAndGet();
        return new Thread(work);
    }

    private static void meet(CountDownLatch others) {
        others.countDown();
        try {
            others.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayAndGetStuck() {
        try {
            GrowingPool.waiting(this::getStuck);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void getStuck() {
        try {
            stuck.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
