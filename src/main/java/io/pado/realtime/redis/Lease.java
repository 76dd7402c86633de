package io.pado.realtime.redis;

import io.pado.platform.redis.Redis;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import redis.clients.jedis.exceptions.JedisException;

/** A right that one node at a time holds, for a few seconds unless renewed. */
final class Lease {

    private static final Logger LOG = Logger.getLogger(Lease.class.getName());
    private static final String MILLIS = "4000";
    private static final String ACQUIRE = """
            local holder = redis.call('GET', KEYS[1])
            if holder and holder ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return 1
            """;
    private static final String RELEASE = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
            return 1
            """;

    private final Redis redis;
    private final String key;
    private final String holder = UUID.randomUUID().toString();

    Lease(Redis redis, String key) {
        this.redis = redis;
        this.key = key;
    }

    /** Takes or renews the right. @return whether this node holds it now */
    boolean acquire() {
        return Long.valueOf(1).equals(redis.commands().eval(ACQUIRE, List.of(key), List.of(holder, MILLIS)));
    }

    /** Gives the right back at once, if this node holds it; if Redis is away it ends by itself. */
    void release() {
        try {
            redis.commands().eval(RELEASE, List.of(key), List.of(holder));
        } catch (JedisException away) {
            LOG.log(Level.FINE, "A lease was left to end by itself", away);
        }
    }
}
