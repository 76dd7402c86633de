package io.pado.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldBytesTest {

    private static final int THREADS = 8;
    private static final int ROUNDS = 20_000;
    private static final int ADDRESSES = 3;

    private final HeldBytes held = new HeldBytes(100, 40);

    @Test
    void addressOverItsShareIsRefusedAndNoOther() {
        HeldBytes.Holding first = held.of("a");
        HeldBytes.Holding second = held.of("a");
        HeldBytes.Holding other = held.of("b");
        assertThat(first.hold(30)).isTrue();
        assertThat(second.hold(10)).isTrue();
        assertThat(second.hold(11)).isFalse();
        assertThat(other.hold(40)).isTrue();
        assertThat(second.hold(10)).as("less is never too much").isTrue();
        second.end();
        assertThat(first.hold(40)).isTrue();
    }

    @Test
    void allTogetherHoldSoMuchAndNoMore() {
        assertThat(held.of("a").hold(40)).isTrue();
        assertThat(held.of("b").hold(40)).isTrue();
        HeldBytes.Holding last = held.of("c");
        assertThat(last.hold(20)).isTrue();
        assertThat(last.hold(21)).isFalse();
        assertThat(held.bytes()).as("what is refused does not count").isEqualTo(100);
        last.end();
        assertThat(held.of("d").hold(20)).isTrue();
    }

    @Test
    void addressIsKnownWhileSomethingIsHeldForIt() {
        HeldBytes.Holding one = held.of("a");
        HeldBytes.Holding other = held.of("a");
        assertThat(held.addresses()).isZero();
        one.hold(1);
        other.hold(1);
        one.hold(0);
        assertThat(held.addresses()).isEqualTo(1);
        one.hold(2);
        other.end();
        assertThat(held.addresses()).isEqualTo(1);
        one.end();
        assertThat(held.addresses()).isZero();
    }

    @Test
    void whatHasEndedHoldsNothingAnyMore() {
        HeldBytes.Holding one = held.of("a");
        one.hold(10);
        one.end();
        one.end();
        assertThat(one.hold(10)).isTrue();
        assertThat(held.bytes()).isZero();
        assertThat(held.addresses()).isZero();
    }

    /** Holdings of few addresses come and go on many threads, and some are ended by another thread than their own. */
    @Test
    void manyThreadsLeaveNothingBehindAndNeverLessThanNothing() {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        AtomicBoolean over = new AtomicBoolean();
        List<HeldBytes.Holding> shared = IntStream.range(0, ADDRESSES).mapToObj(i -> held.of("address " + i)).toList();
        try {
            CompletableFuture<Long> least = CompletableFuture.supplyAsync(() -> least(over), threads);
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                SplittableRandom chance = new SplittableRandom(i);
                all.add(CompletableFuture.runAsync(() -> comeAndGo(chance, shared), threads));
            }
            all.forEach(CompletableFuture::join);
            over.set(true);
            assertThat(least.join()).isZero();
        } finally {
            over.set(true);
            threads.shutdownNow();
        }

        shared.forEach(HeldBytes.Holding::end);
        assertThat(held.bytes()).isZero();
        assertThat(held.addresses()).isZero();
        HeldBytes.Holding after = held.of("address 0");
        assertThat(after.hold(40)).as("all of its share").isTrue();
        assertThat(after.hold(41)).isFalse();
    }

    private void comeAndGo(SplittableRandom chance, List<HeldBytes.Holding> shared) {
        for (int i = 0; i < ROUNDS; i++) {
            HeldBytes.Holding own = held.of("address " + chance.nextInt(ADDRESSES));
            own.hold(chance.nextInt(30));
            shared.get(chance.nextInt(ADDRESSES)).hold(chance.nextInt(10));
            own.hold(chance.nextInt(30));
            own.end();
        }
    }

    private long least(AtomicBoolean over) {
        long least = 0;
        while (!over.get()) {
            least = Math.min(least, held.bytes());
        }
        return least;
    }
}
