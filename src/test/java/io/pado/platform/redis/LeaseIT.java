package io.pado.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.redis.Lease.Held;
import io.pado.stores.RedisStore;
import io.pado.stores.Stores;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Leases on real Redis. */
class LeaseIT {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    private static Stores stores;
    private static Redis redis;

    @BeforeAll
    static void start() {
        stores = Stores.forTests();
        RedisConfig config = new RedisConfig();
        config.url = stores.settings().get("pado.redis.url");
        config.timeout = 10_000;
        redis = new Redis(config);
    }

    @AfterAll
    static void stop() {
        redis.close();
        stores.close();
    }

    @Test
    void oneHoldsItAndRenewsItUnderTheSameFence() {
        Lease one = new Lease(redis, "a", LONG);
        Lease other = new Lease(redis, "a", LONG);
        Held held = one.acquire().orElseThrow();

        assertThat(other.acquire()).isEmpty();
        assertThat(one.acquire()).contains(held);
    }

    @Test
    void nextHolderHasAHigherFenceAndTheOneBeforeWritesNothingMore() {
        Lease paused = new Lease(redis, "b", SHORT);
        Lease next = new Lease(redis, "b", LONG);
        Held old = paused.acquire().orElseThrow();
        assertThat(paused.set(old, "test:b", "first")).isTrue();
        Awaitility.await().until(() -> next.acquire().isPresent());
        Held now = next.acquire().orElseThrow();

        assertThat(now.fence()).isGreaterThan(old.fence());
        assertThat(paused.set(old, "test:b", "late")).isFalse();
        assertThat(next.set(now, "test:b", "second")).isTrue();
        assertThat(redis.commands().get("test:b")).isEqualTo("second");
        assertThat(paused.acquire()).isEmpty();
    }

    @Test
    void extensionKeepsTheRightButNeverTakesItAnew() {
        Lease one = new Lease(redis, "f", LONG);
        Held held = one.acquire().orElseThrow();
        redis.commands().pexpire(held.key(), 5_000);
        assertThat(one.extend(held)).isTrue();
        assertThat(redis.commands().pttl(held.key())).isGreaterThan(5_000);

        redis.commands().del(held.key());
        assertThat(one.extend(held)).isFalse();
        assertThat(redis.commands().exists(held.key())).isFalse();
        Lease other = new Lease(redis, "f", LONG);
        Held theirs = other.acquire().orElseThrow();
        assertThat(one.extend(held)).isFalse();
        assertThat(other.acquire()).contains(theirs);
    }

    @Test
    void holderWhoseTimeIsOverWritesNothingThoughNobodyElseHoldsIt() {
        Lease paused = new Lease(redis, "c", SHORT);
        Held old = paused.acquire().orElseThrow();
        Awaitility.await().until(() -> redis.commands().get(old.key()) == null);

        assertThat(paused.set(old, "test:c", "late")).isFalse();
        assertThat(paused.acquire().orElseThrow().fence()).isGreaterThan(old.fence());
    }

    @Test
    void fencesGrowOnAfterRedisHasLostItsData() {
        Lease one = new Lease(redis, "d", LONG);
        Held before = one.acquire().orElseThrow();
        stores.embedded(RedisStore.class).ifPresent(store -> {
            store.stop();
            store.startEmpty();
        });
        Awaitility.await().ignoreExceptions().until(() -> redis.answers());

        assertThat(new Lease(redis, "d", LONG).acquire()).hasValueSatisfying(after -> assertThat(after.fence()).isGreaterThan(before.fence()));
    }

    @Test
    void keysThatAreSomethingElseAreLost() {
        Lease one = new Lease(redis, "g", LONG);
        Held before = one.acquire().orElseThrow();
        for (String key : List.of("pado:lease:g", "pado:fence:g")) {
            redis.commands().del(key);
            redis.commands().hset(key, "x", "y");
        }
        Held after = one.acquire().orElseThrow();
        assertThat(after.fence()).isGreaterThan(before.fence());

        redis.commands().set("pado:lease:g", "of nobody, without an end");
        for (String fence : List.of("no number", "inf", "1e300", "9223372036854775807", "-5")) {
            redis.commands().set("pado:fence:g", fence);
            assertThat(one.acquire()).as(fence).hasValueSatisfying(held -> assertThat(held.fence()).isGreaterThan(before.fence()));
            assertThat(redis.commands().pttl("pado:lease:g")).isPositive();
            one.release();
        }
    }

    @Test
    void releasedLeaseIsFreeAtOnce() {
        Lease one = new Lease(redis, "e", LONG);
        Held held = one.acquire().orElseThrow();
        one.release();

        assertThat(new Lease(redis, "e", LONG).acquire()).isPresent();
        assertThat(one.set(held, "test:e", "late")).isFalse();
    }
}
