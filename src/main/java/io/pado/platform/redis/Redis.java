package io.pado.platform.redis;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;

/** Redis connections: a pool for commands, and single ones for who listens. Thread-safe. */
@ApplicationScoped
public class Redis {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final URI url;
    private final int timeoutMillis;
    private final RedisClient pool;

    @Inject
    Redis(RedisConfig config) {
        url = config.url();
        timeoutMillis = config.timeoutMillis();
        pool = RedisClient.builder().hostAndPort(address()).clientConfig(client(RedisProtocol.RESP3))
                .poolConfig(lookingAfterItself()).build();
    }

    /** For the container's proxy only. */
    protected Redis() {
        url = null;
        timeoutMillis = 0;
        pool = null;
    }

    /** @return for commands; each takes a connection of the pool for as long as it lasts */
    public UnifiedJedis commands() {
        return pool;
    }

    /** Opens a connection for a listener; the listener closes it. */
    public Connection listening() {
        // By RESP3 Redis answers a listener's PING in a form that Jedis does not expect there.
        return new Connection(address(), client(RedisProtocol.RESP2));
    }

    /** @return whether Redis answers now */
    public boolean answers() {
        try {
            return "PONG".equals(pool.ping());
        } catch (redis.clients.jedis.exceptions.JedisException away) {
            return false;
        }
    }

    @PreDestroy
    void close() {
        pool.close();
    }

    /** Connections that a restart of Redis has broken are found while they rest, and not by who needs one. */
    private static ConnectionPoolConfig lookingAfterItself() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setTimeBetweenEvictionRuns(BETWEEN_LOOKS);
        return pool;
    }

    private HostAndPort address() {
        return JedisURIHelper.getHostAndPort(url);
    }

    private DefaultJedisClientConfig client(RedisProtocol protocol) {
        return DefaultJedisClientConfig.builder()
                .protocol(protocol)
                .user(JedisURIHelper.getUser(url))
                .password(JedisURIHelper.getPassword(url))
                .database(JedisURIHelper.getDBIndex(url))
                .ssl(JedisURIHelper.isRedisSSLScheme(url))
                .connectionTimeoutMillis(timeoutMillis)
                .socketTimeoutMillis(timeoutMillis)
                .build();
    }
}
