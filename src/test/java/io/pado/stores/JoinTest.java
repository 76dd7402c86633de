package io.pado.stores;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JoinTest {

    @Test
    void malformedUrlIsRefusedWithoutRepeatingItsPassword() {
        refused(new SqlKind(), "pado.sql.url", "mysql://pado:secret@host/pado", "jdbc:postgresql://host:5432/database");
        refused(new SqlKind(), "pado.sql.url", "jdbc:postgresql://pado:secret@host/pado", "jdbc:postgresql://host:5432/database");
        refused(new RedisKind(), "pado.redis.url", "http://:secret@host", "redis://host:6379");
        refused(new RedisKind(), "pado.redis.url", "redis://:sec ret@host", "redis://host:6379");
    }

    @Test
    void configuredStoreThatDoesNotAnswerIsNamedWithoutItsPassword() {
        Settings settings = Settings.of(Map.of("pado.redis.url", "redis://:secret@127.0.0.1:1"));

        assertThatThrownBy(() -> new RedisKind().join(settings)).isInstanceOf(StoreFailure.class)
                .hasMessageStartingWith("Redis does not answer at 127.0.0.1:1 (").hasMessageContaining("correct pado.redis.url")
                .hasMessageNotContaining("secret");
    }

    private static void refused(StoreKind kind, String setting, String url, String example) {
        assertThatThrownBy(() -> kind.join(Settings.of(Map.of(setting, url)))).isInstanceOf(StoreFailure.class)
                .hasMessageContaining(setting).hasMessageContaining(example).hasMessageNotContaining("sec");
    }
}
