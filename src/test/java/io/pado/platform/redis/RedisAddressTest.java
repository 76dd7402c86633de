package io.pado.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisAddressTest {

    @Test
    void oneServerIsNamedWithOrWithoutALogin() {
        RedisAddress plain = RedisAddress.parse("redis://localhost");
        assertThat(plain.hosts()).containsExactly(new HostAndPort("localhost", 6379));
        assertThat(plain.hasSentinels()).isFalse();
        assertThat(plain.user() + plain.password() + plain.database() + plain.tls()).isEqualTo("0false");

        RedisAddress full = RedisAddress.parse("rediss://me:a%40b:c@redis.example:7000/3");
        assertThat(full.hosts()).containsExactly(new HostAndPort("redis.example", 7000));
        assertThat(full.user()).isEqualTo("me");
        assertThat(full.password()).isEqualTo("a@b:c");
        assertThat(full.database()).isEqualTo(3);
        assertThat(full.tls()).isTrue();
        assertThat(RedisAddress.parse("redis://:secret@h").password()).isEqualTo("secret");
        assertThat(full.toString()).doesNotContain("a@b");
    }

    @Test
    void sentinelsAreNamedWithTheirMaster() {
        RedisAddress address = RedisAddress.parse("redis-sentinel://:p@s1:26380,s2,127.0.0.1:1/2#mymaster");
        assertThat(address.hosts()).containsExactly(new HostAndPort("s1", 26380), new HostAndPort("s2", 26379), new HostAndPort("127.0.0.1", 1));
        assertThat(address.master()).isEqualTo("mymaster");
        assertThat(address.password()).isEqualTo("p");
        assertThat(address.database()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:6379", "http://localhost", "redis://", "redis://h/x", "redis://h:port", "redis-sentinel://s1",
        "redis://h#master", "redis://secret@[h"})
    void whatHasAnotherFormIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> RedisAddress.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pado.redis.url must be").hasMessageNotContaining("secret");
    }
}
