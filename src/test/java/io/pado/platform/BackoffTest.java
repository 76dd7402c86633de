package io.pado.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final IllegalStateException CAUSE = new IllegalStateException("the step failed", new IOException("the store is away"));

    private final Backoff backoff = new Backoff("thing", 3_000);

    @Test
    void restsGrowToTheLongestAndBeginSmallAgainAfterASuccess() {
        for (int series = 0; series < 2; series++) {
            for (long most : List.of(200L, 400L, 800L, 1_600L, 3_000L, 3_000L)) {
                assertThat(backoff.failed(CAUSE)).isBetween(most / 2, most);
            }
            backoff.succeeded();
        }
    }

    @Test
    void restOfAnEndlessSeriesStaysTheLongest() {
        assertThat(IntStream.range(0, 10_000).mapToLong(i -> backoff.failed(CAUSE)).skip(5)).allMatch(pause -> pause >= 1_500 && pause <= 3_000);
    }

    @Test
    void everySeriesIsToldOnceWithItsCauseAndItsEndOnce() {
        try (Logged logged = Logged.of(Backoff.class)) {
            for (int series = 0; series < 2; series++) {
                assertThat(backoff.isOn()).isFalse();
                IntStream.range(0, 5).forEach(i -> backoff.failed(CAUSE));
                assertThat(backoff.isOn()).isTrue();
                backoff.succeeded();
                backoff.succeeded();
            }
            assertThat(logged.lines()).containsExactly("WARNING thing failed and will be tried again: the step failed; the store is away",
                    "INFO thing works again after 5 failures", "WARNING thing failed and will be tried again: the step failed; the store is away",
                    "INFO thing works again after 5 failures");
            assertThat(logged.records()).filteredOn(each -> each.getLevel().equals(Level.WARNING)).allMatch(each -> each.getThrown() == CAUSE);
        }
    }
}
