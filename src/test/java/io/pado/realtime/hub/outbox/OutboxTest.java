package io.pado.realtime.hub.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Frame;
import io.pado.realtime.hub.RecordingConnection;
import io.pado.realtime.policy.SlowReaders;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final RecordingConnection peer = new RecordingConnection();
    private final List<CloseReason> ends = new ArrayList<>();
    private final Outbox outbox = open(limits(10, 1_000));

    @Test
    void offeringOnlyQueues() {
        outbox.offer(frame("a", ""), SlowReaders.REPLAY);

        assertThat(peer.writes).isEmpty();
        runWriters();
        assertThat(peer.writes).containsExactly("a");
    }

    @Test
    void framesThatPileUpGoOutInOneWriteAndInOrder() {
        for (String text : new String[] {"a", "b", "c"}) {
            outbox.offer(frame(text, ""), SlowReaders.REPLAY);
        }

        assertThat(tasks).hasSize(1);
        runWriters();
        assertThat(peer.writes).containsExactly("abc");
    }

    @Test
    void joinedWritesStayBelowTheirBound() {
        Outbox roomy = open(limits(100, 1 << 20));
        String large = "x".repeat(40_000);
        for (int i = 0; i < 5; i++) {
            roomy.offer(frame(large, ""), SlowReaders.REPLAY);
        }

        runWriters();
        assertThat(peer.writes).hasSize(5);
    }

    @Test
    void replayReaderThatFallsBehindMustEnd() {
        for (int i = 0; i < 10; i++) {
            assertThat(outbox.offer(frame("a", ""), SlowReaders.REPLAY)).isTrue();
        }

        assertThat(outbox.offer(frame("a", ""), SlowReaders.REPLAY)).isFalse();
    }

    @Test
    void bytesAreBoundedToo() {
        assertThat(outbox.offer(frame("x".repeat(900), ""), SlowReaders.REPLAY)).isTrue();
        assertThat(outbox.offer(frame("x".repeat(200), ""), SlowReaders.REPLAY)).isFalse();
    }

    @Test
    void liveFramesAreDroppedWhenFull() {
        for (int i = 0; i < 15; i++) {
            assertThat(outbox.offer(frame("a", ""), SlowReaders.LIVE)).isTrue();
        }

        runWriters();
        assertThat(peer.received()).hasSize(10);
    }

    @Test
    void newestOfAKeyReplacesOlderOnesOnceTheReaderIsBehind() {
        for (int i = 0; i < 30; i++) {
            assertThat(outbox.offer(frame("[" + i + ']', "poll:1"), SlowReaders.LATEST)).isTrue();
        }

        runWriters();
        assertThat(peer.received()).endsWith("[29]");
        assertThat(peer.received().length()).isLessThan(60);
    }

    @Test
    void readerThatKeepsUpGetsEveryFrameOfAKey() {
        for (int i = 0; i < 30; i++) {
            outbox.offer(frame("[" + i + ']', "poll:1"), SlowReaders.LATEST);
            runWriters();
        }

        assertThat(peer.writes).hasSize(30);
    }

    @Test
    void endDropsWhatWaitsAndClosesOnceOnTheWriter() {
        outbox.offer(frame("a", ""), SlowReaders.REPLAY);
        outbox.end(CloseReason.SLOW);
        outbox.end(CloseReason.STOPPING);

        assertThat(peer.closes).isEmpty();
        runWriters();
        assertThat(peer.writes).isEmpty();
        assertThat(peer.closes).containsExactly(CloseReason.SLOW);
    }

    @Test
    void nothingIsWrittenAfterTheEnd() {
        outbox.end(CloseReason.SLOW);
        outbox.offer(frame("a", ""), SlowReaders.REPLAY);

        runWriters();
        assertThat(peer.writes).isEmpty();
        assertThat(peer.closes).hasSize(1);
    }

    @Test
    void readerThatTakesTheRestLaterHoldsNoWriterAndGetsWhatCameMeanwhileInOrder() {
        peer.takeLater();
        outbox.offer(frame("a", ""), SlowReaders.REPLAY);
        runWriters();
        outbox.offer(frame("b", ""), SlowReaders.REPLAY);
        outbox.offer(frame("c", ""), SlowReaders.REPLAY);

        assertThat(tasks).isEmpty();
        assertThat(peer.writes).containsExactly("a");
        peer.takeRest();
        assertThat(tasks).hasSize(1);
        runWriters();
        assertThat(peer.writes).containsExactly("a", "bc");
    }

    @Test
    void readerThatTakesTheRestLaterIsClosedAfterIt() {
        peer.takeLater();
        outbox.offer(frame("a", ""), SlowReaders.REPLAY);
        runWriters();
        outbox.offer(frame("b", ""), SlowReaders.REPLAY);
        outbox.end(CloseReason.SLOW);
        runWriters();
        assertThat(peer.closes).isEmpty();

        peer.takeRest();
        runWriters();
        assertThat(peer.writes).containsExactly("a");
        assertThat(peer.closes).containsExactly(CloseReason.SLOW);
    }

    @Test
    void failedWriteClosesAsGone() {
        peer.goAway();
        outbox.offer(frame("a", ""), SlowReaders.REPLAY);

        runWriters();
        assertThat(peer.closes).containsExactly(CloseReason.GONE);
    }

    @Test
    void faultOfASourceEndsTheConnectionAndIsNotHidden() {
        outbox.feed(() -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(this::runWriters).hasMessage("broken");
        assertThat(peer.closes).containsExactly(CloseReason.FAULT);
        outbox.offer(frame("a", ""), SlowReaders.REPLAY);
        runWriters();
        assertThat(peer.writes).isEmpty();
    }

    @Test
    void sourcesAreDrawnFromOneAfterTheOtherWhenNothingElseWaits() {
        Queue<List<Frame>> first = new ArrayDeque<>(List.of(frame("a", ""), frame("b", ""), List.of()));
        Queue<List<Frame>> second = new ArrayDeque<>(List.of(frame("c", ""), List.of()));
        outbox.feed(first::poll);
        outbox.feed(second::poll);
        outbox.offer(frame("first", ""), SlowReaders.REPLAY);

        runWriters();
        assertThat(peer.writes).containsExactly("first", "a", "b", "c");
        assertThat(first).isEmpty();
        assertThat(second).isEmpty();
    }

    @Test
    void sourceThatNobodyWantsAnyMoreIsForgottenThoughTheReaderDoesNotRead() {
        outbox.offer(frame("first", ""), SlowReaders.REPLAY);
        peer.takeLater();
        runWriters();
        AtomicInteger waiting = new AtomicInteger();
        List<WeakReference<Outbox.Source>> left = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            left.add(new WeakReference<>(feedUnwanted(waiting)));
        }

        await().until(() -> {
            System.gc();
            return left.stream().filter(source -> source.get() != null).count() <= 1;
        });
        assertThat(waiting).as("it is the only one").hasValue(0);
    }

    private Outbox.Source feedUnwanted(AtomicInteger waiting) {
        Outbox.Source unwanted = new Outbox.Source() {

            @Override
            public List<Frame> next() {
                throw new AssertionError("its turn does not come");
            }

            @Override
            public boolean isOver() {
                return true;
            }

            @Override
            public void waits() {
                waiting.incrementAndGet();
            }
        };
        outbox.feed(unwanted);
        return unwanted;
    }

    @Test
    void lastWordsFollowWhatWaitsAndEndWhatASourceWouldGive() {
        outbox.feed(() -> frame("endless", ""));
        outbox.offer(frame("a", ""), SlowReaders.REPLAY);
        outbox.finish(Optional.of(frame("bye", "").get(0)), CloseReason.STOPPING);

        runWriters();
        assertThat(peer.writes).containsExactly("abye");
        assertThat(peer.closes).containsExactly(CloseReason.STOPPING);
    }

    @Test
    void connectionThatIsNotOpenYetIsClosedWithoutAWord() {
        Outbox unopened = new Outbox(tasks::add, limits(10, 1_000), ends::add);
        unopened.offer(frame("a", ""), SlowReaders.REPLAY);
        unopened.feed(() -> frame("b", ""));
        runWriters();
        assertThat(peer.writes).isEmpty();

        unopened.finish(Optional.of(frame("bye", "").get(0)), CloseReason.STOPPING);
        runWriters();
        assertThat(ends).containsExactly(CloseReason.STOPPING);

        unopened.open(peer);
        runWriters();
        assertThat(peer.writes).isEmpty();
        assertThat(peer.closes).containsExactly(CloseReason.STOPPING);
    }

    @Test
    void whoCountsLearnsOfTheEndOnceAndBeforeTheConnectionIsClosed() {
        Outbox counted = new Outbox(tasks::add, limits(10, 1_000), reason -> {
            ends.add(reason);
            assertThat(peer.closes).isEmpty();
            throw new IllegalStateException("it fails");
        });
        counted.open(peer);
        counted.end(CloseReason.SLOW);

        assertThatThrownBy(this::runWriters).hasMessage("it fails");
        assertThat(ends).containsExactly(CloseReason.SLOW);
        assertThat(peer.closes).containsExactly(CloseReason.SLOW);
    }

    @Test
    void whatASlowReaderDidNotGetIsToldOnceItKeepsUp() {
        for (int i = 0; i < 15; i++) {
            outbox.offer(frame("a", ""), SlowReaders.LIVE);
        }
        outbox.offer(List.of(Frame.unnumbered(new byte[1])), SlowReaders.LIVE);
        assertThat(outbox.lag()).isEmpty();
        runWriters();
        for (int i = 0; i < 10; i++) {
            outbox.offer(frame("a", "key"), SlowReaders.LATEST);
        }
        runWriters();

        assertThat(outbox.lag()).hasValueSatisfying(
                lagged -> assertThat(lagged.counts()).containsEntry("dropped", 5).containsEntry("replaced", 6));
        assertThat(outbox.lag()).isEmpty();
    }

    @Test
    void stateSaysWhatWasGivenLeftOutAndCut() {
        for (int i = 0; i < 12; i++) {
            outbox.offer(frame("a", ""), SlowReaders.LIVE);
        }
        assertThat(outbox.state()).returns(10, ReaderState::waiting).returns(10, ReaderState::waitingBytes).returns(2L, ReaderState::dropped)
                .returns(0L, ReaderState::written).returns(0L, ReaderState::lastEvent).matches(ReaderState::isTroubled);
        runWriters();
        outbox.lag();
        outbox.offer(frame("ab", ""), SlowReaders.REPLAY);
        outbox.end(CloseReason.SLOW);
        outbox.offer(frame("ab", ""), SlowReaders.REPLAY);

        // What it was told of counts on.
        assertThat(outbox.state()).returns(0, ReaderState::waiting).returns(2L, ReaderState::dropped).returns(10L, ReaderState::written)
                .returns(10L, ReaderState::bytes).returns(1L, ReaderState::lastEvent).returns(1, ReaderState::cut);
    }

    @Test
    void readersWithMoreThanAFairShareEndWhenTooMuchWaitsForAllOfThem() {
        OutboxLimits limits = new OutboxLimits(1_000, 1 << 20, 300_000, new LongAdder());
        Outbox greedy = open(limits);
        Outbox modest = open(limits);
        assertThat(modest.offer(frame("x".repeat(1_000), ""), SlowReaders.REPLAY)).isTrue();
        while (limits.waiting().sum() <= 300_000) {
            assertThat(greedy.offer(frame("x".repeat(10_000), ""), SlowReaders.REPLAY)).isTrue();
        }

        assertThat(greedy.offer(frame("x".repeat(10_000), ""), SlowReaders.REPLAY)).isFalse();
        assertThat(modest.offer(frame("x".repeat(1_000), ""), SlowReaders.REPLAY)).isTrue();
        greedy.end(CloseReason.SLOW);
        assertThat(limits.waiting().sum()).isEqualTo(2_000);
        runWriters();
        assertThat(limits.waiting().sum()).isZero();
    }

    @Test
    void nothingFollowsTheLastFrameOfAStream() {
        outbox.offer(frame("one", ""), SlowReaders.REPLAY);
        outbox.offer(frame("last", ""), SlowReaders.REPLAY);
        outbox.offer(frame("two", ""), SlowReaders.REPLAY);
        runWriters();

        assertThat(peer.received()).isEqualTo("onelast");
        assertThat(peer.closes).containsExactly(CloseReason.COMPLETED);
    }

    private static OutboxLimits limits(int frames, int bytes) {
        return new OutboxLimits(frames, bytes, 1 << 30, new LongAdder());
    }

    private Outbox open(OutboxLimits limits) {
        Outbox opened = new Outbox(tasks::add, limits, ends::add);
        opened.open(peer);
        return opened;
    }

    private void runWriters() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static List<Frame> frame(String text, String key) {
        return List.of(new Frame(text.getBytes(StandardCharsets.UTF_8), 1, key, text.equals("last")));
    }
}
