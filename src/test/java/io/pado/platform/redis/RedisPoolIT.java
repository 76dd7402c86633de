package io.pado.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.ClientKillParams.SkipMe;

/** A real Redis that has ended all connections while they rested, as a proxy that is loaded anew does, or a fail-over. */
class RedisPoolIT {

    private static final int CONNECTIONS = 8;
    private static final int COMMANDS = 20;
    private static final int UNANSWERED_MILLIS = 500;

    private static TestRedis redis;
    private static Jedis other;
    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        redis = new TestRedis();
        other = new Jedis("127.0.0.1", redis.store().port());
        threads = Executors.newFixedThreadPool(CONNECTIONS);
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
        other.close();
        redis.close();
    }

    @BeforeEach
    void endManyConnections() {
        assertThat(togetherOnAll()).isZero();
        assertThat(other.clientKill(ClientKillParams.clientKillParams().type(ClientType.NORMAL).skipMe(SkipMe.YES))).isGreaterThan(1);
    }

    @RepeatedTest(5)
    void oneCommandFailsAtMost() {
        assertThat(failuresOf(1) + togetherOnAll()).isLessThanOrEqualTo(1);
    }

    /** Those that fail at the same time must not end what the others have just opened. */
    @Test
    void commandsThatFailTogetherOpenEachConnectionOnce() {
        long before = received();
        assertThat(together(COMMANDS)).allMatch(failures -> failures <= 1);
        assertThat(received() - before).isLessThanOrEqualTo(CONNECTIONS);
    }

    /** While Redis answers nobody each command needs a connection of its own. */
    private static long togetherOnAll() {
        other.clientPause(UNANSWERED_MILLIS);
        return together(1).stream().mapToLong(Long::longValue).sum();
    }

    /** @return how many commands of each thread failed */
    private static List<Long> together(int commands) {
        List<CompletableFuture<Long>> all = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> failuresOf(commands), threads)).toList();
        return all.stream().map(CompletableFuture::join).toList();
    }

    private static long failuresOf(int commands) {
        return IntStream.range(0, commands).filter(i -> fails()).count();
    }

    private static boolean fails() {
        try {
            redis.client().commands().ping();
            return false;
        } catch (JedisConnectionException ended) {
            return true;
        }
    }

    private static long received() {
        return other.info("stats").lines().filter(line -> line.startsWith("total_connections_received:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip())).findFirst().orElseThrow();
    }
}
