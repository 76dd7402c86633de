package io.pado.realtime.redis;

import io.pado.platform.redis.Refusal;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.LogUnavailable;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Redis' failures in the words of the core. */
final class RedisCalls {

    private RedisCalls() {
    }

    /**
     * @throws LogRefused     if Redis refuses: nothing was done
     * @throws LogUnavailable if Redis does not answer
     */
    static <T> T call(Supplier<T> question) {
        try {
            return question.get();
        } catch (JedisException awayOrRefused) {
            throw Refusal.of(awayOrRefused).isPresent() ? new LogRefused(awayOrRefused) : new LogUnavailable(awayOrRefused);
        }
    }

    /**
     * Asks a second time if the connection turns out to be broken: after a restart of Redis those in the pool are.
     *
     * @param question harmless to ask twice
     */
    static <T> T retry(Supplier<T> question) {
        return call(() -> {
            try {
                return question.get();
            } catch (JedisConnectionException broken) {
                return question.get();
            }
        });
    }
}
