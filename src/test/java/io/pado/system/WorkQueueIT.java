package io.pado.system;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The queue over Redis Streams. On nodes of its own: they do not survive, and have a feature of the test in them. */
class WorkQueueIT extends WorkQueueRules {

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("queue", 2, SETTINGS, FEATURE);
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
