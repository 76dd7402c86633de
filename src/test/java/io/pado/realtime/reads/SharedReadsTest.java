package io.pado.realtime.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedReadsTest {

    private final List<String> read = new ArrayList<>();
    private Runnable meanwhile = () -> { };
    private String stored = "first";
    private long now;
    private final SharedReads<String, String> reads = new SharedReads<>(this::read, Duration.ofSeconds(10), () -> now);

    @BeforeEach
    void hear() {
        reads.hears(true);
    }

    @Test
    void whatWasReadIsKeptByKeyUntilAChangeIsHeard() {
        assertThat(List.of(reads.get("a"), reads.get("b"), reads.get("a"))).containsExactly("first a", "first b", "first a");
        assertThat(read).containsExactly("a", "b");

        stored = "second";
        assertThat(reads.get("a")).isEqualTo("first a");
        reads.heard(null);
        assertThat(List.of(reads.get("a"), reads.get("b"))).containsExactly("second a", "second b");
    }

    @Test
    void eachKindOfChangeForgetsWhatWasReadBefore() {
        for (Runnable change : List.<Runnable>of(() -> reads.heard(null), reads::missed, reads::overtaken, reads::forget, () -> reads.hears(true))) {
            reads.get("a");
            read.clear();
            change.run();
            reads.get("a");
            assertThat(read).containsExactly("a");
        }
    }

    @Test
    void aReadThatBeganBeforeAChangeIsNotKept() {
        meanwhile = () -> {
            stored = "second";
            reads.heard(null);
        };
        assertThat(reads.get("a")).isEqualTo("first a");
        meanwhile = () -> { };
        assertThat(reads.get("a")).isEqualTo("second a");
    }

    @Test
    void nothingIsKeptWhileTheNodeDoesNotHearTheOthers() {
        reads.get("a");
        reads.hears(false);
        reads.get("a");
        reads.get("a");
        assertThat(read).hasSize(3);

        meanwhile = () -> reads.hears(false);
        reads.hears(true);
        reads.get("a");
        meanwhile = () -> { };
        reads.get("a");
        assertThat(read).as("read while the feed was lost").hasSize(5);
    }

    @Test
    void nothingIsKeptLongerThanItsTimeFromBeforeTheReadOn() {
        meanwhile = () -> now += TimeUnit.SECONDS.toNanos(4);
        reads.get("a");
        meanwhile = () -> { };
        now += TimeUnit.SECONDS.toNanos(6) - 1;
        reads.get("a");
        assertThat(read).hasSize(1);
        now++;
        reads.get("a");
        assertThat(read).hasSize(2);
    }

    @Test
    void aFailureIsNotKept() {
        meanwhile = () -> {
            throw new IllegalStateException("away");
        };
        assertThatThrownBy(() -> reads.get("a")).hasMessage("away");
        meanwhile = () -> { };
        assertThat(reads.get("a")).isEqualTo("first a");
    }

    @Test
    void thereIsNoEndlessNumberOfCopies() {
        for (int i = 0; i < 5_000; i++) {
            reads.get("key " + i);
        }
        assertThat(reads.copies()).isPositive().isLessThanOrEqualTo(1_000);
    }

    private String read(String key) {
        read.add(key);
        String found = stored + ' ' + key;
        meanwhile.run();
        return found;
    }
}
