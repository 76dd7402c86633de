package io.pado.system;

import io.pado.stores.Stores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same queue over Kafka, by configuration alone. Long, because Kafka lets a dead member's partitions wait. */
@EnabledIfSystemProperty(named = "pado.it.kafka", matches = "true")
class WorkQueueKafkaIT extends WorkQueueRules {

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("kafka", 2, SETTINGS, FEATURE, Stores.forTestsWithKafka());
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    Cluster cluster() {
        return cluster;
    }
}
