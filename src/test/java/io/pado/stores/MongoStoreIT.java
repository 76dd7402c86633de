package io.pado.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.pado.stores.mongo.EmbeddedMongo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ways to have a MongoDB. The {@code mongod} is a script that runs the embedded server: it shows how the program is run, not the program. */
class MongoStoreIT {

    /** What the script runs. */
    public static final class Program {

        private Program() {
        }

        public static void main(String[] arguments) throws InterruptedException {
            new EmbeddedMongo(Integer.parseInt(arguments[0])).start();
            new CountDownLatch(1).await();
        }
    }

    @Test
    void embeddedOneKeepsItsDataOverAStopAndHangsWhilePaused() {
        try (DataDirectory data = DataDirectory.open(Settings.of(Map.of()));
                MongoStore store = MongoStore.start(new MongoKind(), Ports.free(), data, Optional.empty())) {
            goesAwayAndComesBack(store);
            store.stop();
            store.start();
            assertThat(count(store)).isEqualTo(1);
            assertThat(store.inside()).isPresent();
        }
    }

    @Test
    void programOnThePathIsStartedAsAReplicaSet(@TempDir Path directory) throws IOException {
        Path program = directory.resolve("mongod");
        Files.writeString(program, """
                #!/bin/sh
                echo "$@" > %s/arguments
                while [ "$1" != --port ]; do shift; done
                exec %s/bin/java -cp '%s' '%s' "$2"
                """.formatted(directory, System.getProperty("java.home"), System.getProperty("java.class.path"), Program.class.getName()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        try (DataDirectory data = DataDirectory.open(Settings.of(Map.of()))) {
            int port = Ports.free();
            try (MongoStore store = MongoStore.start(new MongoKind(), port, data, Optional.of(program))) {
                assertThat(store.inside()).isEmpty();
                assertThat(Files.readString(directory.resolve("arguments"))).contains("--replSet rs0", "--bind_ip 127.0.0.1", "--port " + port);
                goesAwayAndComesBack(store);
            }
            assertThat(Ports.isFree(port)).isTrue();
        }
    }

    @Test
    void programThatEndsSaysWhy(@TempDir Path directory) throws IOException {
        Path program = directory.resolve("mongod");
        Files.writeString(program, "#!/bin/sh\necho 'Error: this processor is too old'\nexit 3\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        try (DataDirectory data = DataDirectory.open(Settings.of(Map.of()))) {
            assertThatThrownBy(() -> MongoStore.start(new MongoKind(), Ports.free(), data, Optional.of(program))).isInstanceOf(StoreFailure.class)
                    .hasMessageStartingWith("MongoDB cannot start (Error: this processor is too old)").hasMessageContaining("PADO_MONGO_URL");
        }
    }

    @Test
    void urlThatIsNoneIsNotRepeatedWithItsPassword() {
        assertThatThrownBy(() -> new MongoKind().join(Settings.of(Map.of("pado.mongo.url", "mongodb://me:secret@:x")))).isInstanceOf(StoreFailure.class)
                .hasMessageContaining("must look like mongodb://").hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new MongoKind().join(Settings.of(Map.of("pado.mongo.url", "mongodb://me:secret@127.0.0.1:1/pado"))))
                .isInstanceOf(StoreFailure.class).hasMessageStartingWith("MongoDB does not answer at 127.0.0.1:1 (")
                .hasMessageContaining("refused").hasMessageNotContaining("secret");
    }

    private static void goesAwayAndComesBack(MongoStore store) {
        try (MongoClient client = MongoClients.create(store.url() + "&socketTimeoutMS=5000&retryReads=false")) {
            MongoCollection<Document> things = client.getDatabase("pado").getCollection("things");
            things.insertOne(new Document("_id", 1));
            store.pause();
            // Of a stopped program's threads one that runs may finish what it does.
            await().atMost(Duration.ofSeconds(60)).untilAsserted(
                    () -> assertThatThrownBy(() -> things.find().first()).isInstanceOf(MongoException.class));
            store.resume();
            assertThat(things.find().first()).isEqualTo(new Document("_id", 1));
        }
    }

    private static long count(MongoStore store) {
        try (MongoClient client = MongoClients.create(store.url())) {
            return client.getDatabase("pado").getCollection("things").countDocuments();
        }
    }
}
