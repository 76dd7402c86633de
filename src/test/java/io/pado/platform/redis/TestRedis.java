package io.pado.platform.redis;

import io.pado.stores.MongoStore;
import io.pado.stores.RedisStore;
import io.pado.stores.Stores;
import java.util.Map;

/** The stores of a test, and our client of their Redis, outside of a server. */
public final class TestRedis implements AutoCloseable {

    private final Stores stores = Stores.forTests();
    private final Redis redis;

    public TestRedis() {
        RedisConfig config = new RedisConfig();
        config.url = stores.settings().get("pado.redis.url");
        config.timeout = 5_000;
        redis = new Redis(config);
    }

    public Redis client() {
        return redis;
    }

    /** How a server reaches the stores. */
    public Map<String, String> settings() {
        return stores.settings();
    }

    public RedisStore store() {
        return stores.embedded(RedisStore.class).orElseThrow();
    }

    public MongoStore mongo() {
        return stores.embedded(MongoStore.class).orElseThrow();
    }

    @Override
    public void close() {
        redis.close();
        stores.close();
    }
}
