package io.pado.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LookTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whoComesWhileItIsAskedSharesTheAnswerAndWhoComesLaterAsksAnew() {
        Look<Integer> look = new Look<>(LONG, this::answer);
        CompletableFuture<Optional<Integer>> first = look.begin(threads);
        CompletableFuture<Optional<Integer>> second = look.begin(threads);
        assertThat(first).isNotDone();
        answers.countDown();
        assertThat(first.join()).contains(1);
        assertThat(second.join()).contains(1);
        assertThat(look.begin(threads).join()).contains(2);
    }

    @Test
    void nobodyWaitsLongerThanThePatienceAndTheQuestionIsAskedOnce() {
        Look<Integer> look = new Look<>(SHORT, this::answer);
        assertThat(look.begin(threads).join()).isEmpty();
        // Its time is over.
        assertThat(look.begin(threads)).isCompletedWithValue(Optional.empty());
        assertThat(asked).hasValueLessThan(2);
        answers.countDown();
        await().until(() -> look.begin(threads).join().isPresent());
    }

    @Test
    void failureIsNoAnswer() {
        Look<Integer> look = new Look<>(LONG, () -> {
            throw new IllegalStateException("away");
        });
        assertThat(look.begin(threads).join()).isEmpty();
    }

    private int answer() {
        int number = asked.incrementAndGet();
        try {
            answers.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        return number;
    }
}
