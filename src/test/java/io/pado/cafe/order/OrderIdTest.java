package io.pado.cafe.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderIdTest {

    private static final Instant PLACED = Instant.ofEpochMilli(1_737_005_400_000L);

    @Test
    void nameTellsWhenItWasPlacedAndNothingElse() {
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> OrderId.of(PLACED)).toList())
                .allMatch(id -> id.matches("ORD-1737005400000-[0-9a-z]{6}"));
    }

    /** Of 1,000 draws out of 36^6 two are the same once in 4,000 runs; three of them practically never. */
    @Test
    void namesOfOneMillisecondDiffer() {
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> OrderId.of(PLACED)).distinct().count()).isGreaterThanOrEqualTo(999);
    }
}
