package io.pado.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pado.platform.Batches.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatchesTest {

    private final List<List<Integer>> done = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    @Test
    void thoseThatComeWhileABatchIsUnderWayAreTheNextOne() {
        Batches<String, Integer, Integer> batches = new Batches<>(100, this::tenfold);
        List<CompletableFuture<Integer>> answers = firstAndThen(batches, 30);

        assertThat(answers).extracting(CompletableFuture::join).isEqualTo(IntStream.range(0, 31).map(i -> 10 * i).boxed().toList());
        assertThat(done).hasSize(2);
        assertThat(done.get(0)).containsExactly(0);
        assertThat(done.get(1)).hasSize(30);
    }

    @Test
    void batchHasNoMoreThanItMay() {
        Batches<String, Integer, Integer> batches = new Batches<>(10, this::tenfold);
        firstAndThen(batches, 25).forEach(CompletableFuture::join);

        assertThat(done).extracting(List::size).containsExactly(1, 10, 10, 5);
    }

    @Test
    void keysDoNotWaitForEachOther() {
        Batches<String, Integer, Integer> batches = new Batches<>(10, this::tenfold);
        CompletableFuture<Integer> held = CompletableFuture.supplyAsync(() -> batches.submit("a", 0), callers);
        await().until(() -> done.size() == 1);

        assertThat(batches.submit("b", 7)).isEqualTo(70);
        assertThat(held).isNotDone();
        firstMayEnd.countDown();
        assertThat(held.join()).isZero();
    }

    @Test
    void refusalIsToldToTheOneOnly() {
        Batches<String, Integer, Integer> batches = new Batches<>(100, (key, numbers) -> {
            hold(numbers);
            return numbers.stream().map(number -> number == 3 ? Outcome.<Integer>refused(new IllegalArgumentException("3")) : Outcome.done(number))
                    .toList();
        });
        List<CompletableFuture<Integer>> answers = firstAndThen(batches, 5);

        assertThatThrownBy(answers.get(3)::join).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(List.of(1, 2, 4, 5)).allSatisfy(i -> assertThat(answers.get(i).join()).isEqualTo(i));
    }

    @Test
    void batchThatIsUndoneIsDoneOneByOne() {
        Batches<String, Integer, Integer> batches = new Batches<>(100, (key, numbers) -> {
            hold(numbers);
            if (numbers.contains(3)) {
                throw new Batches.Undone(new IllegalStateException("3"));
            }
            return numbers.stream().map(Outcome::done).toList();
        });
        List<CompletableFuture<Integer>> answers = firstAndThen(batches, 5);

        assertThatThrownBy(answers.get(3)::join).isInstanceOf(CompletionException.class).hasRootCauseMessage("3");
        assertThat(List.of(1, 2, 4, 5)).allSatisfy(i -> assertThat(answers.get(i).join()).isEqualTo(i));
    }

    @Test
    void failureIsToldToAllAndNothingIsTriedAgain() {
        Batches<String, Integer, Integer> batches = new Batches<>(100, (key, numbers) -> {
            hold(numbers);
            if (!numbers.contains(0)) {
                throw new IllegalStateException("away");
            }
            return numbers.stream().map(Outcome::done).toList();
        });
        List<CompletableFuture<Integer>> answers = firstAndThen(batches, 5);

        assertThat(answers.subList(1, 6)).allSatisfy(answer -> assertThatThrownBy(answer::join).hasRootCauseMessage("away"));
        assertThat(done).hasSize(2);
    }

    @Test
    void errorLetsNobodyWaitForEver() {
        Batches<String, Integer, Integer> batches = new Batches<>(4, (key, numbers) -> {
            hold(numbers);
            if (done.size() == 2) {
                throw new AssertionError("of a step");
            }
            return numbers.stream().map(Outcome::done).toList();
        });
        List<CompletableFuture<Integer>> answers = firstAndThen(batches, 6);

        long failed = answers.stream().filter(answer -> answer.handle((number, failure) -> failure != null).join()).count();
        assertThat(failed).isEqualTo(4);
        assertThat(batches.submit("a", 9)).isEqualTo(9);
    }

    private List<Outcome<Integer>> tenfold(String key, List<Integer> numbers) {
        hold(numbers);
        return numbers.stream().map(number -> Outcome.done(10 * number)).toList();
    }

    /** The batch of number 0 is under way until it may end. */
    private void hold(List<Integer> numbers) {
        done.add(numbers);
        if (numbers.contains(0)) {
            try {
                firstMayEnd.await();
            } catch (InterruptedException ending) {
                throw new IllegalStateException(ending);
            }
        }
    }

    /** @return answers to 0, whose batch ends when all the others wait, and to 1 to the given number */
    private List<CompletableFuture<Integer>> firstAndThen(Batches<String, Integer, Integer> batches, int others) {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        answers.add(CompletableFuture.supplyAsync(() -> batches.submit("a", 0), callers));
        await().until(() -> done.size() == 1);
        for (int i = 1; i <= others; i++) {
            int number = i;
            answers.add(CompletableFuture.supplyAsync(() -> batches.submit("a", number), callers));
            await().pollInterval(Duration.ofMillis(1)).until(() -> batches.waiting("a") == number);
        }
        firstMayEnd.countDown();
        return answers;
    }
}
