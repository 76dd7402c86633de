package io.pado.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.LogSlice;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.log.MemoryLog;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogReadsTest {

    private static final int JOINS = 50;
    private static final Topic A = new Topic("a");
    private static final Topic B = new Topic("b");

    private final MemoryLog log = new MemoryLog();
    private final CountDownLatch go = new CountDownLatch(1);
    private final ExecutorService joins = Executors.newCachedThreadPool();
    private final LogReads reads = new LogReads(log, joins);
    private volatile int count;

    @AfterEach
    void stop() {
        go.countDown();
        joins.shutdownNow();
    }

    @Test
    void joinsOfTheSameMomentShareOneRead() {
        CompletableFuture<LogSlice> first = held();
        List<Thread> waiting = new CopyOnWriteArrayList<>();
        List<CompletableFuture<LogSlice>> others = IntStream.range(0, JOINS).mapToObj(i -> asked(i % 2 == 0 ? A : B, waiting)).toList();
        await().until(() -> waiting.size() == JOINS && waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        log.beforeRead = this::reads;
        log.publish(A);
        log.publish(B);
        go.countDown();

        assertThat(first.join().events()).isEmpty();
        for (int i = 0; i < JOINS; i++) {
            Topic topic = i % 2 == 0 ? A : B;
            assertThat(others.get(i).join().events()).singleElement().satisfies(event -> assertThat(event.topic()).isEqualTo(topic));
            assertThat(others.get(i).join().sequence()).isEqualTo(2);
        }
        assertThat(count).as("reads").isEqualTo(2);
    }

    @Test
    void failureIsToldToAllWhoSharedTheReadAndTheNextOneWorks() {
        CompletableFuture<LogSlice> first = held();
        List<Thread> waiting = new CopyOnWriteArrayList<>();
        List<CompletableFuture<LogSlice>> others = IntStream.range(0, JOINS).mapToObj(i -> asked(A, waiting)).toList();
        await().until(() -> waiting.size() == JOINS && waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        log.beforeRead = () -> {
            throw new LogUnavailable(new IllegalStateException("away"));
        };
        go.countDown();

        assertThat(first.join()).isNotNull();
        assertThat(others).allSatisfy(other -> assertThatThrownBy(other::join).hasCauseInstanceOf(LogUnavailable.class));
        assertThat(reads.position().epoch()).isEqualTo(log.epoch);
    }

    @Test
    void placesOfManyTopicsAreAskedForInPortions() {
        Set<Topic> topics = IntStream.range(0, 4_500).mapToObj(i -> new Topic("many:" + i)).collect(Collectors.toSet());
        topics.forEach(log::publish);
        log.beforeTops = () -> log.publish(A);

        EventLog.Tops tops = reads.tops(topics);
        assertThat(tops.tops()).hasSize(4_500);
        assertThat(tops.sequence()).as("at the first moment").isEqualTo(4_501);
        assertThat(log.mostTops).isEqualTo(1_000);

        log.beforeTops = () -> {
            log.beforeTops = log::lose;
        };
        assertThat(reads.tops(topics).epoch()).as("of one log").isEqualTo("bbbb");
    }

    /** @return a read that is under way until {@link #go} */
    private CompletableFuture<LogSlice> held() {
        CountDownLatch under = new CountDownLatch(1);
        log.beforeRead = () -> {
            reads();
            under.countDown();
            try {
                go.await();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        };
        CompletableFuture<LogSlice> first = CompletableFuture.supplyAsync(reads::position, joins);
        try {
            assertThat(under.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException hurry) {
            throw new AssertionError(hurry);
        }
        return first;
    }

    private void reads() {
        // One at a time.
        count = count + 1;
        log.beforeRead = this::reads;
    }

    private CompletableFuture<LogSlice> asked(Topic topic, List<Thread> waiting) {
        return CompletableFuture.supplyAsync(() -> {
            waiting.add(Thread.currentThread());
            return reads.after(Map.of(topic, 0L));
        }, joins);
    }
}
