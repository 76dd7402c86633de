package io.pado.stores;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;

/** A real Kafka of one node on the loopback address, in this process, with the topic of the work queue. Thread-safe. */
public final class KafkaStore implements Store {

    private static final String DIRECTORY = "kafka";
    private static final String TOPIC = "pado-jobs";
    private static final int PARTITIONS = 12;
    private static final int PATIENCE_SECONDS = 60;

    private final int port;
    private final KafkaRaftServer server;
    private boolean closed;

    private KafkaStore(int port, KafkaRaftServer server) {
        this.port = port;
        this.server = server;
    }

    static KafkaStore start(StoreKind kind, int port, DataDirectory data) {
        try {
            Properties properties = properties(port, Ports.free(), data.of(DIRECTORY));
            format(properties, data.of(DIRECTORY));
            KafkaStore store = new KafkaStore(port, new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM));
            store.server.startup();
            store.makeTopic();
            return store;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw kind.cannotStart("interrupted", hurry);
        } catch (IOException | ExecutionException | TimeoutException failure) {
            throw kind.cannotStart(String.valueOf(failure.getMessage()), failure);
        }
    }

    static Admin admin(String address) {
        return Admin.create(Map.of("bootstrap.servers", address));
    }

    private static Properties properties(int port, int controllerPort, Path files) {
        Properties properties = new Properties();
        properties.putAll(Map.of("process.roles", "broker,controller", "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names", "CONTROLLER", "inter.broker.listener.name", "PLAINTEXT",
                "log.dirs", files.resolve("logs").toString(), "group.initial.rebalance.delay.ms", "0"));
        // One node, and as little of everything as it does with.
        properties.putAll(Map.of("offsets.topic.replication.factor", "1", "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1", "transaction.state.log.min.isr", "1", "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1", "share.coordinator.state.topic.min.isr", "1",
                "num.network.threads", "1", "num.io.threads", "2", "log.cleaner.dedupe.buffer.size", "2097152"));
        return properties;
    }

    private static void format(Properties properties, Path files) throws IOException {
        Files.createDirectories(files);
        if (Files.exists(files.resolve("logs/meta.properties"))) {
            return;
        }
        Path file = files.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        String[] command = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        int code = StorageTool.execute(command, new PrintStream(OutputStream.nullOutputStream(), false, "UTF-8"));
        if (code != 0) {
            throw new IOException("its directory cannot be formatted, code " + code);
        }
    }

    private void makeTopic() throws InterruptedException, ExecutionException, TimeoutException {
        try (Admin admin = admin(address())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw failure;
            }
        }
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public boolean embedded() {
        return true;
    }

    @Override
    public Map<String, String> settings() {
        return KafkaKind.settings(address());
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
    }
}
