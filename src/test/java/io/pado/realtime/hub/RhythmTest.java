package io.pado.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RhythmTest {

    private final Rhythm rhythm = new Rhythm();
    private long now = Long.MAX_VALUE - 5;

    @Test
    void fiftyEventsASecondAreBusyWithinASecond() {
        assertThat(beats(50, 20)).isTrue();
    }

    @Test
    void tenEventsASecondAreNotBusy() {
        assertThat(beats(100, 100)).isFalse();
    }

    @Test
    void fewEventsAtOnceAreNotBusy() {
        assertThat(beats(5, 0)).isFalse();
    }

    @Test
    void oneLongPauseEndsTheBusyTime() {
        beats(50, 20);

        assertThat(beats(1, 60_000)).isFalse();
    }

    private boolean beats(int count, long gapMillis) {
        boolean busy = false;
        for (int i = 0; i < count; i++) {
            now += TimeUnit.MILLISECONDS.toNanos(gapMillis);
            busy = rhythm.beat(now);
        }
        return busy;
    }
}
