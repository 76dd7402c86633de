package io.pado.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class StoresIT {

    private static final Settings FREE_PORTS = Settings.of(Map.of("pado.sql.port", "0", "pado.redis.port", "0", "pado.mongo.port", "0"));

    @Test
    void allStoresStartOnFreePortsAndAnswer() throws SQLException {
        List<String> progress = new CopyOnWriteArrayList<>();
        try (Stores stores = Stores.start(FREE_PORTS, progress::add)) {
            assertThat(stores.settings()).containsOnlyKeys("pado.sql.url", "pado.sql.user", "pado.sql.password", "pado.redis.url",
                    "pado.mongo.url");
            assertThat(stores.allEmbedded()).isTrue();
            assertThat(stores.temporary()).isTrue();
            assertThat(ask(postgres(stores), "SELECT current_user || ' ' || current_setting('max_connections')")).isEqualTo("pado 200");
            assertThat(redis(stores, Jedis::ping)).isEqualTo("PONG");
            assertThat(mongo(stores, database -> database.runCommand(new Document("ping", 1)))).containsEntry("ok", 1.0);
            assertThat(progress).hasSize(3).allMatch(line -> line.contains("is ready at 127.0.0.1:"));
        }
    }

    @Test
    void storesEndWithTheirDataWhenClosed() {
        Stores stores = Stores.start(FREE_PORTS);
        int sqlPort = postgres(stores).port();
        int redisPort = stores.embedded(RedisStore.class).orElseThrow().port();
        int mongoPort = stores.embedded(MongoStore.class).orElseThrow().port();

        stores.close();
        stores.close();

        assertThat(Ports.isFree(sqlPort)).isTrue();
        assertThat(Ports.isFree(redisPort)).isTrue();
        assertThat(Ports.isFree(mongoPort)).isTrue();
    }

    @Test
    void configuredUrlIsUsedInsteadOfAnEmbeddedStore() {
        try (Stores running = Stores.start(FREE_PORTS);
                Stores stores = Stores.start(FREE_PORTS.with("pado.sql.url", running.settings().get("pado.sql.url")))) {
            assertThat(stores.embedded(PostgresStore.class)).isEmpty();
            assertThat(stores.embedded(RedisStore.class)).isPresent();
            assertThat(stores.allEmbedded()).isFalse();
            assertThat(stores.settings()).containsEntry("pado.sql.url", running.settings().get("pado.sql.url"));
        }
    }

    @Test
    void anotherProcessJoinsTheStoresByTheirPorts() {
        try (Stores first = Stores.start(FREE_PORTS)) {
            Settings ports = Settings.of(Map.of("pado.sql.port", Integer.toString(postgres(first).port()), "pado.redis.port",
                    Integer.toString(first.embedded(RedisStore.class).orElseThrow().port()), "pado.mongo.port",
                    Integer.toString(first.embedded(MongoStore.class).orElseThrow().port())));
            try (Stores second = Stores.join(ports, line -> { })) {
                assertThat(second.settings()).isEqualTo(first.settings());
                assertThat(second.allEmbedded()).isFalse();
            }
            assertThat(redis(first, Jedis::ping)).isEqualTo("PONG");
        }
    }

    @Test
    void joiningStoresThatDoNotRunSaysToStartTheFirstNode() {
        Settings nobody = Settings.of(Map.of("pado.sql.port", Integer.toString(Ports.free()), "pado.redis.port", "1", "pado.mongo.port", "1"));

        assertThatThrownBy(() -> Stores.join(nobody, line -> { })).isInstanceOf(StoreFailure.class)
                .hasMessageStartingWith("PostgreSQL does not answer at 127.0.0.1:").hasMessageContaining("start the first node");
    }

    @Test
    void keptDataIsFoundAgainAtTheNextStart(@TempDir Path directory) throws SQLException {
        Settings keeping = FREE_PORTS.with("pado.data", directory.toString());
        try (Stores stores = Stores.start(keeping)) {
            tell(postgres(stores), "CREATE TABLE kept AS SELECT 'here' AS word");
            redis(stores, redis -> redis.set("word", "here"));
            mongo(stores, database -> database.runCommand(Document.parse("{insert: 'kept', documents: [{_id: 1, word: 'here'}]}")));
            assertThat(stores.temporary()).isFalse();
            assertThat(stores.keptIn()).contains(directory);
        }

        try (Stores stores = Stores.start(keeping)) {
            assertThat(ask(postgres(stores), "SELECT word FROM kept")).isEqualTo("here");
            assertThat(ask(postgres(stores), "SHOW fsync")).isEqualTo("on");
            assertThat(redis(stores, redis -> redis.get("word"))).isEqualTo("here");
            assertThat(mongo(stores, database -> database.getCollection("kept").find().first())).containsEntry("word", "here");
        }
        assertThat(directory.resolve("postgresql")).isDirectory();
    }

    @Test
    void keptDataBelongsToOneRunAtATime(@TempDir Path directory) throws IOException {
        try (DirectoryLock other = DirectoryLock.take(directory.resolve("pado.lock")).orElseThrow()) {
            assertThat(other).isNotNull();
            assertThatThrownBy(() -> Stores.start(FREE_PORTS.with("pado.data", directory.toString())))
                    .isInstanceOf(StoreFailure.class).hasMessageContaining("in use by another Pado").hasMessageContaining("-Dpado.data=");
        }
    }

    @Test
    void portInUseNamesThePortAndTheSettingThatChangesIt() throws IOException {
        try (ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(occupied.getLocalPort());

            assertThatThrownBy(() -> Stores.start(FREE_PORTS.with("pado.redis.port", port))).isInstanceOf(StoreFailure.class)
                    .hasMessageStartingWith("Port " + port + " is already in use, so Redis cannot start there")
                    .hasMessageContaining("-Dpado.redis.port=").hasMessageContaining("PADO_REDIS_URL");
        }
    }

    @Test
    void oneStoreThatFailsClosesTheOthers() throws IOException {
        int sqlPort = Ports.free();
        try (ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings settings = FREE_PORTS.with("pado.sql.port", Integer.toString(sqlPort)).with("pado.redis.port",
                    Integer.toString(occupied.getLocalPort()));

            assertThatThrownBy(() -> Stores.start(settings)).isInstanceOf(StoreFailure.class);
        }
        assertThat(Ports.isFree(sqlPort)).isTrue();
    }

    @Test
    void dataDirectoryThatIsNoneSaysHowToUseAnotherDatabase(@TempDir Path directory) throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve("postgresql")).resolve("letter.txt"), "Dear reader");

        assertThatThrownBy(() -> Stores.start(FREE_PORTS.with("pado.data", directory.toString()))).isInstanceOf(StoreFailure.class)
                .hasMessageStartingWith("PostgreSQL cannot start (").hasMessageContaining("PADO_SQL_URL");
    }

    private static PostgresStore postgres(Stores stores) {
        return stores.embedded(PostgresStore.class).orElseThrow();
    }

    private static String redis(Stores stores, Function<Jedis, String> question) {
        try (Jedis redis = new Jedis("127.0.0.1", stores.embedded(RedisStore.class).orElseThrow().port())) {
            return question.apply(redis);
        }
    }

    private static Document mongo(Stores stores, Function<MongoDatabase, Document> question) {
        try (MongoClient client = MongoClients.create(stores.settings().get("pado.mongo.url"))) {
            return question.apply(client.getDatabase("pado"));
        }
    }

    private static void tell(PostgresStore store, String sql) throws SQLException {
        try (Connection connection = store.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(PostgresStore store, String query) throws SQLException {
        try (Connection connection = store.dataSource().getConnection(); Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
