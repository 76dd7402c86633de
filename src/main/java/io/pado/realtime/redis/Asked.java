package io.pado.realtime.redis;

import io.pado.realtime.LogUnavailable;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisException;

/** Redis' failures in the words of the core. */
final class Asked {

    private Asked() {
    }

    /** @throws LogUnavailable if Redis does not answer, or refuses for a reason that passes (loading, read-only replica) */
    static <T> T redis(Supplier<T> question) {
        try {
            return question.get();
        } catch (JedisException awayOrRefused) {
            throw new LogUnavailable(awayOrRefused);
        }
    }
}
