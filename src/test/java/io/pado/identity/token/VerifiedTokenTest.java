package io.pado.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedTokenTest {

    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    @Test
    void callerHasTheLeewayOfTheIssuerToo() {
        VerifiedToken token = token(Map.of(Claims.exp.name(), 1_000L), Duration.ofSeconds(5));

        assertThat(token.caller().expiresAt()).isEqualTo(Instant.ofEpochSecond(1_005));
        assertThat(token.of(1, "login").with(Set.of("user")).caller().expiresAt()).isEqualTo(Instant.ofEpochSecond(1_005));
        assertThat(token.getExpirationTime()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {9_999_999_999_999L, 1_796_069_086_000_000L, Long.MAX_VALUE})
    void timesAreNoneThatNoStoreTakes(long far) {
        VerifiedToken token = token(Map.of(Claims.exp.name(), far, Claims.iat.name(), far), Duration.ZERO);

        assertThat(token.countsUntil()).isBefore(YEAR_10000);
        assertThat(token.madeAt()).hasValueSatisfying(made -> assertThat(made).isBefore(YEAR_10000));
        assertThat(token(Map.of(Claims.exp.name(), far, Claims.iat.name(), -far), Duration.ZERO).madeAt()).hasValue(Instant.EPOCH);
    }

    private static VerifiedToken token(Map<String, Object> claims, Duration leeway) {
        return new VerifiedToken("me", claims, Set.of(), leeway);
    }
}
