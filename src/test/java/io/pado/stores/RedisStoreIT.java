package io.pado.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisStoreIT {

    private DataDirectory directory;
    private RedisStore redis;

    @BeforeEach
    void start() {
        directory = DataDirectory.open(Settings.of(Map.of()));
        redis = RedisStore.start(new RedisKind(), Ports.free(), directory);
        try (Jedis client = client()) {
            client.set("word", "here");
        }
    }

    @AfterEach
    void close() {
        redis.close();
        directory.close();
    }

    @Test
    void comesBackOnItsPortWithItsDataAfterAStop() {
        redis.stop();
        assertThat(Ports.isFree(redis.port())).isTrue();

        redis.start();

        assertThat(word()).isEqualTo("here");
    }

    @Test
    void comesBackWithoutItsDataAfterAKill() {
        redis.stop();
        redis.start();
        redis.kill();
        assertThat(Ports.isFree(redis.port())).isTrue();

        redis.start();

        assertThat(word()).isNull();
    }

    @Test
    void startsEmptyWhenAskedTo() {
        redis.stop();

        redis.startEmpty();

        assertThat(word()).isNull();
    }

    private String word() {
        try (Jedis client = client()) {
            return client.get("word");
        }
    }

    private Jedis client() {
        return new Jedis("127.0.0.1", redis.port());
    }
}
