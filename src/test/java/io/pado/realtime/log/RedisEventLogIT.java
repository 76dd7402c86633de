package io.pado.realtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.platform.redis.TestRedis;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.History;
import io.pado.realtime.redis.RedisEventLog;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol;

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

    /** Or it would be stored and announced to nobody, or stored again with each try. */
    @ParameterizedTest
    @ValueSource(strings = {"-publish", "resetchannels", "-xadd", "-pexpire", "-set", "-hset"})
    void whoLacksARightStoresNothing(String rule) {
        EventLog log = log();
        Topic topic = new Topic("a");
        List<EventLog.Entry> entry = List.of(new EventLog.Entry(new Publication(topic, "t", "", "{}", ""), History.DEFAULT));
        log.append(entry);
        acl(rule);
        try {
            assertThatThrownBy(() -> log.append(entry)).isInstanceOf(LogRefused.class).rootCause().hasMessageContaining("NOPERM");
            assertThatThrownBy(() -> redis.client().probe()).hasMessageContaining("NOPERM");
        } finally {
            acl("+@all", "allchannels");
        }
        redis.client().probe();
        assertThat(log.read(Map.of(topic, 0L), 10).events()).hasSize(1);
    }

    private static void acl(String... rules) {
        redis.client().commands().sendCommand(Protocol.Command.ACL, Stream.concat(Stream.of("SETUSER", "default"), Stream.of(rules)).toArray(String[]::new));
    }

    @Override
    EventLog log() {
        redis.client().commands().flushAll();
        return new RedisEventLog(redis.client());
    }
}
