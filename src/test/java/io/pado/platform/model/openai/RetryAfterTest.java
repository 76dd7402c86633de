package io.pado.platform.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    @ParameterizedTest
    @CsvSource({"7, 7", "' 0 ', 0", "'Thu, 01 Jan 2026 00:00:30 GMT', 30", "'Wed, 31 Dec 2025 00:00:00 GMT', 0"})
    void timeToWaitIsSecondsOrADate(String header, long seconds) {
        assertThat(RetryAfter.parse(header, clock())).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999"})
    void timeToWaitThatIsNotUnderstoodIsNone(String header) {
        assertThat(RetryAfter.parse(header, clock())).isEmpty();
    }

    private static Clock clock() {
        return Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    }
}
