package io.pado.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

    private void getStuck() {
        try {
            stuck.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
