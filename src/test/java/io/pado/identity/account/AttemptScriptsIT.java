package io.pado.identity.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.redis.Script;
import io.pado.platform.redis.TestRedis;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.UnifiedJedis;

/** The scripts that count attempts, in real Redis, and what they make of what a foreign hand has written. */
class AttemptScriptsIT {

    private static final String KEY = "pado:attempts:account:somebody";
    private static final long LONGEST = 60_000;

    private static TestRedis redis;

    private final Script attempt = new Script("values.lua", "attempt.lua");
    private final Script takeBack = new Script("values.lua", "takeback.lua");
    private final UnifiedJedis keys = redis.client().commands();

    @BeforeAll
    static void start() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        keys.flushAll();
    }

    @Test
    void whoHasHadTheFreeOnesWaitsAndOneIsTakenBack() {
        assertThat(List.of(attempt(), attempt())).containsExactly(0L, 0L);
        assertThat(attempt()).isBetween(1L, 1_000L);
        takeBack.run(keys, List.of(KEY), List.of());
        assertThat(keys.hget(KEY, "count")).isEqualTo("1");
        assertThat(keys.pttl(KEY)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-5", "1e9", "9000000000000000", "inf", ""})
    void nobodyIsLockedOutByWhatIsNoAttempt(String strange) {
        keys.hset(KEY, "till", strange);
        assertThat(attempt()).isZero();
        keys.hset(KEY, "count", strange);
        takeBack.run(keys, List.of(KEY), List.of());
        assertThat(attempt()).isZero();
        assertThat(attempt()).isLessThanOrEqualTo(LONGEST);
    }

    @Test
    void whatIsNoHashIsLost() {
        keys.set(KEY, "x");
        takeBack.run(keys, List.of(KEY), List.of());
        keys.set(KEY, "x");
        assertThat(attempt()).isZero();
        assertThat(keys.hget(KEY, "count")).isEqualTo("1");
    }

    /** Two are free. @return milliseconds to wait */
    private long attempt() {
        return (Long) attempt.run(keys, List.of(KEY), List.of("900", Long.toString(LONGEST / 1_000), "2"));
    }
}
