package io.pado.realtime.log;

import io.pado.platform.redis.TestRedis;
import io.pado.realtime.redis.RedisEventLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** In real Redis. */
class RedisEventLogIT extends EventLogContract {

    private static TestRedis redis;

    @BeforeAll
    static void start() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Override
    EventLog log() {
        redis.client().commands().flushAll();
        return new RedisEventLog(redis.client());
    }
}
