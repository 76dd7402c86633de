package io.pado.stores;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Kafka, which carries the messages of the work queue if that is asked for by {@code pado.kafka=embedded}. */
final class KafkaKind implements StoreKind {

    static final String ASKED = "pado.kafka";
    static final String EMBEDDED = "embedded";
    static final String URL = "pado.queue.kafka";
    static final String PORT = "pado.kafka.port";

    private static final int DEFAULT_PORT = 19_092;
    private static final int PATIENCE_SECONDS = 10;

    static boolean isAskedIn(Settings settings) {
        return EMBEDDED.equals(settings.get(ASKED, ""));
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public String urlSetting() {
        return URL;
    }

    @Override
    public Store start(Settings settings, DataDirectory data) {
        return KafkaStore.start(this, Ports.forStore(settings, PORT, DEFAULT_PORT, this), data);
    }

    @Override
    public Store join(Settings settings) {
        String address = settings.get(URL, "127.0.0.1:" + settings.port(PORT, DEFAULT_PORT));
        try (Admin admin = KafkaStore.admin(address)) {
            admin.describeCluster().clusterId().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException silent) {
            throw noAnswer(settings, address, String.valueOf(silent.getMessage()), silent);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw noAnswer(settings, address, "interrupted", hurry);
        }
        return new OutsideStore(name(), address, settings(address));
    }

    static Map<String, String> settings(String address) {
        return Map.of(URL, address, "pado.queue.connector", "liberty-kafka");
    }
}
