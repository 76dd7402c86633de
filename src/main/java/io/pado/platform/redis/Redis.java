package io.pado.platform.redis;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/** Redis connections: a pool for commands, and single ones for who listens. Thread-safe. */
@ApplicationScoped
public class Redis {

    /** Tells of each resting connection whose PING is refused; kept here, since the log manager forgets loggers that nobody holds. */
    private static final Logger DRIVER = Logger.getLogger("redis.clients.jedis.ConnectionFactory");
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final String PROBE = "pado:probe";
    private static final String PROBE_SECONDS = "60";

    private final Script probe = new Script("rights.lua", "probe.lua");
    private final RedisAddress address;
    private final int timeoutMillis;
    private volatile UnifiedJedis pool; // made when first needed: Sentinels are asked then

    @Inject
    Redis(RedisConfig config) {
        DRIVER.setLevel(Level.SEVERE);
        address = config.address();
        timeoutMillis = config.timeoutMillis();
    }

    /** For the container's proxy only. */
    protected Redis() {
        address = null;
        timeoutMillis = 0;
    }

    /**
     * @return for commands; each takes a connection of the pool for as long as it lasts
     * @throws redis.clients.jedis.exceptions.JedisException if no Sentinel answers
     */
    public UnifiedJedis commands() {
        UnifiedJedis made = pool;
        return made != null ? made : make();
    }

    /** Opens a connection for a listener, to the primary of now; the listener closes it. */
    public Connection listening() {
        // By RESP3 Redis answers a listener's PING in a form that Jedis does not expect there.
        return new Connection(primary(), client(RedisProtocol.RESP2));
    }

    /**
     * Opens a connection for one who waits inside of Redis, to the primary of now; the caller closes it.
     *
     * @param longest that a command may wait there; a Redis that hangs is noticed after that and the usual time
     */
    public Connection waiting(Duration longest) {
        return new Connection(primary(), DefaultJedisClientConfig.builder().from(client(RedisProtocol.RESP3))
                .blockingSocketTimeoutMillis((int) longest.toMillis() + timeoutMillis).build());
    }

    private HostAndPort primary() {
        return commands() instanceof RedisSentinelClient sentinels ? sentinels.getCurrentMaster() : address.hosts().iterator().next();
    }

    private synchronized UnifiedJedis make() {
        if (pool == null) {
            pool = address.hasSentinels() ? ofSentinels() : ofOne(address.hosts().iterator().next());
        }
        return pool;
    }

    private UnifiedJedis ofSentinels() {
        SentineledConnectionProvider connections = new SentineledConnectionProvider(address.master(), client(RedisProtocol.RESP3), lookingAfterItself(),
                address.hosts(), sentinel());
        return RedisSentinelClient.builder().masterName(address.master()).sentinels(address.hosts()).clientConfig(client(RedisProtocol.RESP3))
                .connectionProvider(connections).commandExecutor(new PoolCommands(connections)).build();
    }

    private UnifiedJedis ofOne(HostAndPort host) {
        PooledConnectionProvider connections = new PooledConnectionProvider(host, client(RedisProtocol.RESP3), lookingAfterItself());
        return RedisClient.builder().hostAndPort(host).clientConfig(client(RedisProtocol.RESP3))
                .connectionProvider(connections).commandExecutor(new PoolCommands(connections)).build();
    }

    /** @return whether Redis answers now */
    public boolean answers() {
        try {
            return "PONG".equals(commands().ping());
        } catch (JedisException away) {
            return false;
        }
    }

    /**
     * Writes something, to see whether Redis takes writes now, and lets this user do all that an event needs.
     *
     * @throws JedisException if Redis does not answer, or refuses; {@link Refusal} tells which
     */
    public void probe() {
        probe.run(commands(), List.of(PROBE), List.of(PROBE_SECONDS));
    }

    /** Leaves the server that commands go to: those under way may end, the next ones ask anew by its name who the primary is. */
    public void reconnect() {
        UnifiedJedis old;
        synchronized (this) {
            old = pool;
            pool = null;
        }
        if (old != null) {
            old.close();
        }
    }

    @PreDestroy
    synchronized void close() {
        if (pool != null) {
            pool.close();
        }
    }

    /** Connections that a restart of Redis has broken are found while they rest, and seldom by who needs one. */
    private ConnectionPoolConfig lookingAfterItself() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        // While Redis hangs, its connections are all taken.
        pool.setMaxWait(Duration.ofMillis(timeoutMillis));
        pool.setTimeBetweenEvictionRuns(BETWEEN_LOOKS);
        return pool;
    }

    private DefaultJedisClientConfig client(RedisProtocol protocol) {
        return DefaultJedisClientConfig.builder()
                .protocol(protocol)
                .user(address.user().isEmpty() ? null : address.user())
                .password(address.password().isEmpty() ? null : address.password())
                .database(address.database())
                .ssl(address.tls())
                .connectionTimeoutMillis(timeoutMillis)
                .socketTimeoutMillis(timeoutMillis)
                .build();
    }

    private DefaultJedisClientConfig sentinel() {
        return DefaultJedisClientConfig.builder().connectionTimeoutMillis(timeoutMillis).socketTimeoutMillis(timeoutMillis).build();
    }
}
