package io.pado.system;

import static org.awaitility.Awaitility.await;

import io.pado.launch.DemoUsers;
import io.pado.launch.Node;
import io.pado.stores.MongoStore;
import io.pado.stores.PostgresStore;
import io.pado.stores.RedisStore;
import io.pado.stores.Stores;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import redis.clients.jedis.Jedis;

/** Stores and the nodes on them, all on free ports; closing ends the nodes before the stores. */
final class Cluster implements AutoCloseable {

    /** A page of this origin may use the nodes. */
    static final String ALLOWED_ORIGIN = "https://shop.example";

    /** An address of this machine that the nodes believe to be a proxy. */
    static final String PROXY = "127.0.0.9";

    /**
     * Rounds of hashing for a password: a login takes a tenth of a second then, as in production, where the JVM compiles better
     * than in a node that is to start quickly.
     */
    private static final int ITERATIONS = 30_000;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Stores stores;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Known> logins = new ConcurrentHashMap<>();

    private record Known(Login login, long since) {

        boolean isFresh() {
            return System.nanoTime() - since < TimeUnit.MINUTES.toNanos(5);
        }
    }

    private Cluster(Stores stores) {
        this.stores = stores;
    }

    /** Starts the stores, then the nodes side by side; the first one fills the database with the demo data. */
    static Cluster start(String name, int size) {
        return start(name, size, Map.of());
    }

    /** The same with settings of its own for all nodes. */
    static Cluster start(String name, int size, Map<String, String> own) {
        return start(name, size, own, List.of());
    }

    /** The same with classes of the test in their WARs. */
    static Cluster start(String name, int size, Map<String, String> own, List<Class<?>> classes) {
        return start(name, size, own, classes, Stores.forTests());
    }

    /** The same on stores that run already; they are closed with it. */
    static Cluster start(String name, int size, Map<String, String> own, List<Class<?>> classes, Stores stores) {
        Cluster cluster = new Cluster(stores);
        try {
            List<CompletableFuture<Node>> starting = new ArrayList<>();
            for (int i = 1; i <= size; i++) {
                int number = i;
                starting.add(CompletableFuture.supplyAsync(() -> cluster.started(name + "-" + number, number == 1, own, classes),
                        task -> new Thread(task, "start-" + number).start()));
            }
            starting.forEach(node -> cluster.nodes.add(node.join()));
            DemoUsers.fill(cluster.database(), ITERATIONS);
            return cluster;
        } catch (RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    /** Starts one more on the same stores; the caller closes it. */
    Node another(String name) {
        return another(name, Map.of());
    }

    /** Starts one more with settings of its own. */
    Node another(String name, Map<String, String> own) {
        return another(name, own, List.of());
    }

    /** The same with classes of the test in its WAR. */
    Node another(String name, Map<String, String> own, List<Class<?>> classes) {
        return started(name, false, own, classes);
    }

    private Node started(String name, boolean demo, Map<String, String> own, List<Class<?>> classes) {
        Map<String, String> settings = new LinkedHashMap<>(stores.settings());
        settings.put("pado.demo", Boolean.toString(demo));
        settings.put("pado.password.iterations", Integer.toString(ITERATIONS));
        settings.put("pado.stream.heartbeat", "1");
        settings.put("pado.stream.carrier", System.getProperty("pado.stream.carrier", "auto"));
        settings.put("pado.drain.seconds", "0");
        settings.put("pado.jwt.key.delay.seconds", "3");
        settings.put("pado.websocket.message.seconds", "5");
        settings.put("pado.http.origins", ALLOWED_ORIGIN + ",http://localhost:*");
        settings.put("pado.http.open.paths", "/api/chat/rooms/*/send");
        settings.put("pado.http.proxies", PROXY.replace(".", "\\."));
        settings.putAll(own);
        return Node.started("it-" + name, settings, classes);
    }

    Node node(int number) {
        return nodes.get(number - 1);
    }

    /** Address of the first node. */
    URI a() {
        return node(1).baseUri();
    }

    /** Address of the second node. */
    URI b() {
        return node(2).baseUri();
    }

    /**
     * A demo user's login for tests that do nothing to it: each costs the server its hashing.
     *
     * @param user the part of the email before the {@code @}
     */
    Login login(String user) {
        return logins.compute(user, (name, known) -> known != null && known.isFresh() ? known
                : new Known(Login.of(a(), name), System.nanoTime())).login();
    }

    DataSource database() {
        return postgres().dataSource();
    }

    PostgresStore postgres() {
        return stores.embedded(PostgresStore.class).orElseThrow();
    }

    RedisStore redis() {
        return stores.embedded(RedisStore.class).orElseThrow();
    }

    MongoStore mongo() {
        return stores.embedded(MongoStore.class).orElseThrow();
    }

    /** Waits until all nodes publish into the log again, after Redis was away. */
    void awaitLog() {
        Login publisher = login("publisher");
        nodes.forEach(node -> await().atMost(DEADLINE).pollInterval(Duration.ofMillis(50)).until(() -> publisher.at(node.baseUri())
                .post("/api/topics/public:back-" + UUID.randomUUID() + "/events", "{\"data\":1}").statusCode() == 201));
    }

    /** The tests all come from one address; nobody is slowed down any more for the wrong passwords of those before. */
    void forgetGuesses() {
        try (Jedis redis = new Jedis("127.0.0.1", redis().port())) {
            redis.keys("pado:attempts:*").forEach(redis::del);
        }
    }

    /** Publishes as any other program would, once a node listens: plain pub/sub forgets what nobody hears. */
    void publish(String channel, String... messages) {
        try (Jedis redis = new Jedis("127.0.0.1", redis().port())) {
            for (String message : messages) {
                await().atMost(DEADLINE).pollInterval(Duration.ofMillis(20)).pollDelay(Duration.ZERO)
                        .until(() -> redis.publish(channel, message) > 0);
            }
        }
    }

    @Override
    public void close() {
        try {
            nodes.forEach(Node::close);
        } finally {
            stores.close();
        }
    }
}
