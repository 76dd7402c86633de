package io.pado.platform.queue.ledger;

import static org.awaitility.Awaitility.await;

import io.pado.platform.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** A ledger on a real Redis, and what tests do to it again and again; all of them share it. */
final class LedgerRig implements AutoCloseable {

    static final Duration NOW = Duration.ZERO;

    final TestRedis redis = new TestRedis();
    final TestConfig config = new TestConfig();
    final JobLedger ledger = new JobLedger(redis.client(), config);

    /** @return the id of a new job without a group */
    String job() {
        return jobOf("");
    }

    String jobOf(String group) {
        String id = "j" + UUID.randomUUID();
        ledger.add(id, "test", group, "{\"n\":1}");
        return id;
    }

    Claim claim(String id) {
        return ledger.claim(id, UUID.randomUUID().toString());
    }

    /** Claims as soon as a pause is over. */
    Claim claimSoon(String id) {
        List<Claim> given = new ArrayList<>();
        soon(() -> {
            Claim claim = claim(id);
            if (claim.isGiven()) {
                given.add(claim);
            }
            return claim.isGiven();
        });
        return given.get(0);
    }

    /** Sweeps until a condition holds. @return all that was to be sent meanwhile */
    List<String> sweepUntil(Callable<Boolean> condition) {
        List<String> sent = new ArrayList<>();
        soon(() -> {
            ledger.sweep().forEach(notice -> sent.add(notice.id()));
            return condition.call();
        });
        return sent;
    }

    /** Waits, as sweeps go on, until its worker's silence has cost it the job. */
    List<String> sweepUntilLost(String id) {
        return sweepUntil(() -> !"running".equals(state(id)));
    }

    String state(String id) {
        return field(id, "state");
    }

    String field(String id, String name) {
        return redis.client().commands().hget("pado:job:" + id, name);
    }

    /** The first sweep after a long time lets nobody count as crashed for a while. */
    void awaitCrashesCount() {
        sweepUntil(() -> Long.parseLong(redis.client().commands().hget("pado:jobs:sweeps", "quiet")) < now());
    }

    /** @return Redis' clock, milliseconds */
    long now() {
        return Long.parseLong(((List<?>) redis.client().commands().eval("return redis.call('TIME')")).get(0).toString()) * 1_000;
    }

    /** Other tests' jobs would be in the way. */
    void empty() {
        redis.client().commands().flushAll();
    }

    static void soon(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(10)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    @Override
    public void close() {
        redis.close();
    }
}
