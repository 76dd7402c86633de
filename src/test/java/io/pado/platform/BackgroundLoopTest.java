package io.pado.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundLoopTest {

    private static final long FOREVER = 3_600_000;

    private final List<Long> attempts = new CopyOnWriteArrayList<>();
    private BackgroundLoop loop;

    @AfterEach
    void stop() {
        loop.stop();
    }

    @Test
    void stepThatFailsIsTriedAgainAfterLongerAndLongerRestsWhoeverNudges() {
        try (Logged logged = Logged.of(Backoff.class)) {
            loop = started(() -> fails(3));
            await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> {
                loop.nudge();
                return attempts.size() >= 4;
            });
            loop.stop();
            assertThat(rest(0)).isGreaterThanOrEqualTo(100);
            assertThat(rest(1)).isGreaterThanOrEqualTo(200);
            assertThat(rest(2)).isGreaterThanOrEqualTo(400);
            assertThat(logged.lines()).containsExactly("WARNING test failed and will be tried again: away", "INFO test works again after 3 failures");
        }
    }

    @Test
    void nextFailureAfterASuccessIsASeriesOfItsOwn() {
        try (Logged logged = Logged.of(Backoff.class)) {
            loop = started(() -> attempts.size() % 2 == 0 ? fails(1_000) : 0);
            await().until(() -> attempts.size() >= 6);
            loop.stop();
            assertThat(logged.lines().subList(0, 4)).containsExactly("WARNING test failed and will be tried again: away",
                    "INFO test works again after 1 failures", "WARNING test failed and will be tried again: away", "INFO test works again after 1 failures");
        }
    }

    @Test
    void nudgeEndsARestAndOneDuringAStepIsNotForgotten() {
        loop = started(() -> {
            if (attempts.size() == 1) {
                loop.nudge();
            }
            return FOREVER;
        });
        await().until(() -> attempts.size() == 2);
        loop.nudge();
        await().until(() -> attempts.size() == 3);
    }

    @Test
    void endedLoopBeginsNoStepAndSaysNothingOfTheOneThatItInterrupted() {
        try (Logged logged = Logged.of(Backoff.class)) {
            Thread[] thread = new Thread[1];
            loop = new BackgroundLoop("test", () -> {
                attempts.add(System.nanoTime());
                new CountDownLatch(1).await();
                return 0;
            });
            loop.start(task -> thread[0] = new Thread(task));
            await().until(() -> attempts.size() == 1);
            loop.stop();
            await().until(() -> !thread[0].isAlive());
            assertThat(attempts).hasSize(1);
            assertThat(logged.lines()).isEmpty();
        }
    }

    private BackgroundLoop started(BackgroundLoop.Step step) {
        BackgroundLoop made = new BackgroundLoop("test", () -> {
            attempts.add(System.nanoTime());
            return step.run();
        });
        loop = made;
        made.start(Thread::new);
        return made;
    }

    private long fails(int times) throws IOException {
        if (attempts.size() <= times) {
            throw new IOException("away");
        }
        return FOREVER;
    }

    private long rest(int after) {
        return TimeUnit.NANOSECONDS.toMillis(attempts.get(after + 1) - attempts.get(after));
    }
}
