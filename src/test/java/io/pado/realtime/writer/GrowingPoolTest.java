package io.pado.realtime.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrowingPoolTest {

    private final AtomicInteger started = new AtomicInteger();
    private final GrowingPool pool = new GrowingPool(this::thread, this::thread, 1_024);
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
    void listIsDoneInItsOrderAfterWhatCameBefore() throws InterruptedException {
        Queue<Integer> done = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(1_002);
        GrowingPool single = new GrowingPool(this::thread, this::thread, 1);
        single.execute(() -> note(-1, done, all));
        single.executeAll(IntStream.range(0, 1_000).<Runnable>mapToObj(i -> () -> note(i, done, all)).toList());
        single.execute(() -> note(1_000, done, all));

        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(done).containsExactlyElementsOf(IntStream.rangeClosed(-1, 1_000).boxed().toList());
        single.stop();
    }

    private static void note(int number, Queue<Integer> done, CountDownLatch all) {
        done.add(number);
        all.countDown();
    }

    @Test
    void stuckTasksOfAListHoldUpNeitherTheOthersOfItNorWhatComesAfter() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(2_000);
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            tasks.add(i % 50 == 0 ? this::getStuck : done::countDown);
        }
        pool.executeAll(tasks);
        for (int i = 0; i < 1_020; i++) {
            pool.execute(done::countDown);
        }

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void eachTaskOfListsIsDoneOnceWhoeverTakesThem() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        CountDownLatch atOnce = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            new Thread(() -> {
                meet(atOnce);
                for (int list = 0; list < 1_000; list++) {
                    pool.executeAll(Collections.nCopies(5, done::incrementAndGet));
                }
            }).start();
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> done.get() >= 20_000 && pool.workers() == 0);
        assertThat(done).hasValue(20_000);
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
            if (refusals.getAndIncrement() == 0) {
                throw new IllegalStateException("expected by the test");
            }
            return new Thread(work);
        }, Thread::new, 1_024);
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

    private void getStuck() {
        try {
            stuck.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
