package io.pado.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private static final IllegalStateException CAUSE = new IllegalStateException("the step failed", new IOException("the store is away"));

    private final Failures failures = new Failures("thing", 3_000);

    @Test
    void restsGrowToTheLongestAndBeginSmallAgainAfterASuccess() {
        for (int series = 0; series < 2; series++) {
            for (long most : List.of(200L, 400L, 800L, 1_600L, 3_000L, 3_000L)) {
                assertThat(failures.add(CAUSE)).isBetween(most / 2, most);
            }
            failures.end();
        }
    }

    @Test
    void restOfAnEndlessSeriesStaysTheLongest() {
        assertThat(IntStream.range(0, 10_000).mapToLong(i -> failures.add(CAUSE)).skip(5)).allMatch(pause -> pause >= 1_500 && pause <= 3_000);
    }

    @Test
    void everySeriesIsToldOnceWithItsCauseAndItsEndOnce() {
        try (Logged logged = Logged.of(Failures.class)) {
            for (int series = 0; series < 2; series++) {
                assertThat(failures.isNone()).isTrue();
                IntStream.range(0, 5).forEach(i -> failures.add(CAUSE));
                assertThat(failures.isNone()).isFalse();
                failures.end();
                failures.end();
            }
            assertThat(logged.lines()).containsExactly("WARNING thing failed and will be tried again: the step failed; the store is away",
                    "INFO thing works again after 5 failures", "WARNING thing failed and will be tried again: the step failed; the store is away",
                    "INFO thing works again after 5 failures");
            assertThat(logged.records()).filteredOn(each -> each.getLevel().equals(Level.WARNING)).allMatch(each -> each.getThrown() == CAUSE);
        }
    }
}
