package io.pado.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.junit.jupiter.api.Test;

class CheckedTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

    private final CheckedTokens checked = new CheckedTokens();
    private final Object keys = new Object();

    @Test
    void tokenCountsForAFewSeconds() {
        VerifiedToken token = token(NOW.plusSeconds(900));
        checked.add("t", token, keys, NOW);

        assertThat(checked.find("t", keys, NOW)).containsSame(token);
        assertThat(checked.find("t", keys, NOW.plusSeconds(CheckedTokens.SECONDS).minusNanos(1))).containsSame(token);
        assertThat(checked.find("t", keys, NOW.plusSeconds(CheckedTokens.SECONDS))).isEmpty();
        assertThat(checked.find("T", keys, NOW)).isEmpty();
    }

    @Test
    void tokenEndsWithItsTime() {
        checked.add("t", token(NOW.plusSeconds(2)), keys, NOW);

        assertThat(checked.find("t", keys, NOW.plusSeconds(2).minusNanos(1))).isPresent();
        assertThat(checked.find("t", keys, NOW.plusSeconds(2))).isEmpty();
    }

    @Test
    void tokenEndsWithItsKeys() {
        checked.add("t", token(NOW.plusSeconds(900)), keys, NOW);

        assertThat(checked.find("t", new Object(), NOW)).isEmpty();
    }

    @Test
    void longTokenIsVerifiedEachTime() {
        String longest = "t".repeat(CheckedTokens.MAX_CHARACTERS);
        checked.add(longest, token(NOW.plusSeconds(900)), keys, NOW);
        checked.add(longest + 't', token(NOW.plusSeconds(900)), keys, NOW);

        assertThat(checked.find(longest, keys, NOW)).isPresent();
        assertThat(checked.find(longest + 't', keys, NOW)).isEmpty();
    }

    @Test
    void noMoreAreHeldThanThereMayBe() {
        VerifiedToken token = token(NOW.plus(Duration.ofHours(1)));
        int sent = 3 * CheckedTokens.MOST;
        for (int i = 0; i < sent; i++) {
            checked.add("t" + i, token, keys, NOW);
        }

        long held = 0;
        for (int i = 0; i < sent; i++) {
            held += checked.find("t" + i, keys, NOW).isPresent() ? 1 : 0;
        }
        assertThat(held).isBetween(CheckedTokens.MOST / 2L - 1, (long) CheckedTokens.MOST);
        assertThat(checked.find("t" + (sent - CheckedTokens.MOST / 2 + 1), keys, NOW)).isPresent();
        assertThat(checked.held()).isLessThanOrEqualTo(CheckedTokens.MOST);
    }

    @Test
    void whatCountsNoLongerIsForgottenWithTheNextOnes() {
        VerifiedToken token = token(NOW.plus(Duration.ofHours(1)));
        for (int i = 0; i < 100; i++) {
            checked.add("t" + i, token, keys, NOW);
        }
        checked.add("later", token, keys, NOW.plusSeconds(CheckedTokens.SECONDS + 1));
        checked.add("latest", token, keys, NOW.plusSeconds(2 * (CheckedTokens.SECONDS + 1)));

        assertThat(checked.held()).isEqualTo(2);
    }

    private static VerifiedToken token(Instant expires) {
        return new VerifiedToken("me", Map.of(Claims.exp.name(), expires.getEpochSecond()), Set.of(), Duration.ZERO);
    }
}
