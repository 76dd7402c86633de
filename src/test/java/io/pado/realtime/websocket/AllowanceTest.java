package io.pado.realtime.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final int MOST = 100;

    private long now = -7;
    private final Allowance allowance = new Allowance(MOST, now);

    @Test
    void whoHasJustComeMaySayAsMuchAsInASecond() {
        assertThat(takenAtOnce()).isEqualTo(MOST);
        assertThat(takenAtOnce()).isZero();
    }

    @Test
    void whoSaysSoMuchInEachSecondMayGoOn() {
        for (int i = 0; i < 20 * MOST; i++) {
            now += TimeUnit.SECONDS.toNanos(1) / MOST;
            assertThat(allowance.takes(1, now)).isTrue();
        }
    }

    @Test
    void whatWasHeldUpMayComeAtOnce() {
        takenAtOnce();
        now += TimeUnit.MILLISECONDS.toNanos(3_500);
        assertThat(takenAtOnce()).isBetween(349, 350);
    }

    @Test
    void whoSaidNothingForLongMayNotSayEverything() {
        now += TimeUnit.HOURS.toNanos(1);
        assertThat(takenAtOnce()).isEqualTo(10 * MOST);
    }

    @Test
    void amountsAreAddedUp() {
        assertThat(allowance.takes(60, now)).isTrue();
        assertThat(allowance.takes(40, now)).isTrue();
        assertThat(allowance.takes(1, now)).isFalse();
    }

    private int takenAtOnce() {
        int taken = 0;
        while (taken < 100 * MOST && allowance.takes(1, now)) {
            taken++;
        }
        return taken;
    }
}
