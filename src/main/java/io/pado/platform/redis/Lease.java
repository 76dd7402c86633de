package io.pado.platform.redis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A right that one node at a time holds, for some seconds unless it is renewed. Each holder gets a higher fence than all before it. A holder that was
 * paused beyond its time does not know that another one has the right by now; so what it writes names its fence, and a script refuses
 * the write unless that is still the one ({@link #set}, or {@link Held} as key and argument of an own script). Thread-safe.
 */
public final class Lease {

    private static final Logger LOG = Logger.getLogger(Lease.class.getName());
    /**
     * The fence is Redis' clock in milliseconds, or one more than the last: so it grows also when Redis has lost its data.
     * Keys that a foreign hand has made something else of count as lost, and so does a lease without an end.
     * KEYS: lease, last fence. ARGV: holder, milliseconds. Returns the lease's value, or nothing.
     */
    private static final String ACQUIRE = """
            for _, key in ipairs(KEYS) do
              local type = redis.call('TYPE', key).ok
              if type ~= 'none' and type ~= 'string' then redis.call('DEL', key) end
            end
            local value = redis.call('GET', KEYS[1])
            if value and string.sub(value, 1, #ARGV[1]) == ARGV[1] then
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
              return value
            end
            if value and redis.call('PTTL', KEYS[1]) ~= -1 then return false end
            local clock = redis.call('TIME')
            local last = string.match(redis.call('GET', KEYS[2]) or '', '^%d+$')
            last = last and tonumber(last) < 9007199254740000 and tonumber(last) or 0
            local fence = math.max(clock[1] * 1000 + math.floor(clock[2] / 1000), last + 1)
            value = ARGV[1] .. ':' .. string.format('%.0f', fence)
            redis.call('SET', KEYS[2], string.format('%.0f', fence))
            redis.call('SET', KEYS[1], value, 'PX', ARGV[2])
            return value
            """;
    private static final String EXTEND = """
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            return redis.call('PEXPIRE', KEYS[1], ARGV[2])
            """;
    private static final String RELEASE = """
            local value = redis.call('GET', KEYS[1])
            if value and string.sub(value, 1, #ARGV[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
            return 1
            """;
    private static final String SET = """
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[2], ARGV[2])
            return 1
            """;

    private final Redis redis;
    private final String key;
    private final String fenceKey;
    private final String millis;
    private final String holder = UUID.randomUUID().toString();

    /**
     * The right, as its holder has it.
     *
     * @param key   of the lease in Redis; for scripts that write
     * @param value which the key has for as long as the right is held; a script must compare it in the step in which it writes
     * @param fence grows from holder to holder; for stores other than Redis
     */
    public record Held(String key, String value, long fence) {
    }

    /**
     * @param name    of the right; the same on all nodes
     * @param lasting how long it is held unless renewed; renew it in a third of this
     */
    public Lease(Redis redis, String name, Duration lasting) {
        this.redis = redis;
        this.key = "pado:lease:" + name;
        this.fenceKey = "pado:fence:" + name;
        this.millis = Long.toString(lasting.toMillis());
    }

    /**
     * Takes or renews the right.
     *
     * @return nothing if another node holds it
     * @throws JedisException if Redis does not answer, or refuses
     */
    public Optional<Held> acquire() {
        String value = (String) redis.commands().eval(ACQUIRE, List.of(key, fenceKey), List.of(holder, millis));
        return Optional.ofNullable(value).map(held -> new Held(key, held, Long.parseLong(held.substring(holder.length() + 1))));
    }

    /**
     * Takes or renews the right, for a holder who stops only if another node may have it.
     *
     * @return false if another node holds the right, or may take it, because Redis does not answer this one; true also while Redis refuses writes, when nobody
     *         can take it
     */
    public boolean keep() {
        try {
            return acquire().isPresent();
        } catch (JedisException away) {
            LOG.log(Level.FINE, "A lease could not be renewed", away);
            return Refusal.of(away).isPresent();
        }
    }

    /**
     * Renews the right if it is still held, but never takes it anew; for a timer beside the thread that does what the right is for.
     *
     * @return false if it is not held any more, or Redis is away; what the holder writes next will tell
     */
    public boolean extend(Held held) {
        try {
            return Long.valueOf(1).equals(redis.commands().eval(EXTEND, List.of(held.key()), List.of(held.value(), millis)));
        } catch (JedisException away) {
            LOG.log(Level.FINE, "A lease could not be extended", away);
            return false;
        }
    }

    /**
     * Writes a value if the right is still held.
     *
     * @return false if it is not; nothing was written then
     * @throws JedisException if Redis does not answer, or refuses
     */
    public boolean set(Held held, String name, String value) {
        return Long.valueOf(1).equals(redis.commands().eval(SET, List.of(held.key(), name), List.of(held.value(), value)));
    }

    /** Gives the right back at once, if this node holds it; if Redis is away it ends by itself. */
    public void release() {
        try {
            redis.commands().eval(RELEASE, List.of(key), List.of(holder));
        } catch (JedisException away) {
            LOG.log(Level.FINE, "A lease was left to end by itself", away);
        }
    }
}
