package io.pado.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrowingPoolTest {

    private final GrowingPool pool = new GrowingPool(Executors.defaultThreadFactory());
    private final CountDownLatch stuck = new CountDownLatch(1);

    @AfterEach
    void stop() {
        stuck.countDown();
        pool.shutdownNow();
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
        assertThat(pool.getLargestPoolSize()).isLessThan(100);
    }

    @Test
    void shrinksWhenTasksAreNoLongerStuck() {
        for (int i = 0; i < 100; i++) {
            pool.execute(this::getStuck);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> pool.getActiveCount() == 100);
        stuck.countDown();

        await().atMost(Duration.ofSeconds(10)).until(() -> pool.getCorePoolSize() < 100);
    }

    private void getStuck() {
        try {
            stuck.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
