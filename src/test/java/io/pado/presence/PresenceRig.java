package io.pado.presence;

import io.pado.platform.redis.TestRedis;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import redis.clients.jedis.UnifiedJedis;

/** The store of presence on real Redis, which is empty before each test. */
abstract class PresenceRig {

    static final String KEYS = "pado:presence:";
    static final long ANN = 1;
    static final long BEN = 2;

    private static TestRedis redis;

    final PresenceConfig config = new PresenceConfig();
    final PresenceStore store = new PresenceStore(redis.client(), config);
    long step;

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
        commands().flushAll();
        lookedLatelyAndCalm();
    }

    static UnifiedJedis commands() {
        return redis.client().commands();
    }

    /** As if a node had not renewed its name for longer than a lease. @return its last renewal */
    static long die(String node) {
        long renewed = System.currentTimeMillis() - PresenceStore.LEASE.toMillis() - 500;
        commands().zadd(KEYS + "nodes", renewed, node);
        return renewed;
    }

    /** As if somebody had looked for the dead all the time. */
    static void lookedLatelyAndCalm() {
        commands().set(KEYS + "swept", Long.toString(System.currentTimeMillis() + 100_000));
        commands().del(KEYS + "calm");
    }

    /** @return what friends are told, once */
    List<StatusView> told() {
        List<PresenceStore.Change> changes = store.changes();
        if (!changes.isEmpty()) {
            store.told(changes);
        }
        return changes.stream().map(PresenceStore.Change::status).toList();
    }
}
