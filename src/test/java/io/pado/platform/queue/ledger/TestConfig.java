package io.pado.platform.queue.ledger;

import java.time.Duration;

/** Settings with which nobody waits long. */
final class TestConfig extends QueueConfig {

    Duration lease = Duration.ofMillis(400);
    Duration longest = Duration.ofMinutes(1);
    Duration nextAttempt = Duration.ofMillis(20);
    Duration age = Duration.ofHours(1);
    Duration deadAge = Duration.ofDays(1);

    TestConfig() {
        most = 1_000;
        mostDead = 100;
    }

    @Override
    Duration lease() {
        return lease;
    }

    @Override
    public Duration longest() {
        return longest;
    }

    @Override
    Duration nextAttempt() {
        return nextAttempt;
    }

    @Override
    Duration age() {
        return age;
    }

    @Override
    Duration deadAge() {
        return deadAge;
    }
}
