package io.pado.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.stores.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WelcomeTest {

    @Test
    void everyCommandSpeaksToThisNodeAndItsStores() {
        String text = text(2, Map.of("pado.redis.url", "redis://127.0.0.1:16400"), Settings.of(Map.of("pado.redis.port", "16400")));

        assertThat(text).contains("http://localhost:9081/sse/votes?client_id=a", "http://localhost:9081/api/polls/1/votes",
                "redis-cli -p 16400 PUBLISH vote_updates", "mvn -Prun -Dpado.node=3 -Dpado.redis.port=16400")
                .doesNotContain(":9080");
    }

    @Test
    void portsThatWereFreeToChooseAreNamedAsChosen() {
        String text = text(1, Map.of("pado.sql.url", "jdbc:postgresql://127.0.0.1:40123/pado", "pado.redis.url",
                "redis://127.0.0.1:40124", "pado.mongo.url", "mongodb://127.0.0.1:40125/pado?replicaSet=rs0"),
                Settings.of(Map.of("pado.sql.port", "0", "pado.redis.port", "0", "pado.mongo.port", "0")));

        assertThat(text).contains("mvn -Prun -Dpado.node=2 -Dpado.sql.port=40123 -Dpado.redis.port=40124 -Dpado.mongo.port=40125");
    }

    @Test
    void passwordOfAStoreIsNotShown() {
        String text = text(1, Map.of("pado.redis.url", "rediss://user:secret@there:7000", "pado.sql.password", "secret",
                "pado.mongo.url", "mongodb://user:secret@there:27017/pado?replicaSet=rs0"), Settings.of(Map.of("pado.sql.password", "secret")));

        assertThat(text).contains("redis-cli -h there -p 7000", "mongosh 'mongodb://there:27017/pado?replicaSet=rs0'").doesNotContain("secret");
    }

    private static String text(int node, Map<String, String> stores, Settings settings) {
        return String.join("\n", new Welcome(node, "localhost:" + (9079 + node), false, stores, Path.of("console.log")).lines(settings));
    }
}
