package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;

/**
 * Publishers, readers that leave, come back to other nodes and stop reading, and connections to Redis that break, at random. Every reader
 * gets every event of every topic once, in order. {@code -Dpado.chaos.seconds=60} makes it longer, {@code -Dpado.chaos.seed=…} repeats the
 * decisions of a run.
 */
@ExtendWith(TwoNodes.class)
class ChaosIT {

    private static final Logger LOG = Logger.getLogger(ChaosIT.class.getName());
    private static final long SECONDS = Long.getLong("pado.chaos.seconds", 15);
    private static final long SEED = Long.getLong("pado.chaos.seed", System.nanoTime());
    private static final int TOPICS = 3;
    private static final int WITNESSES = 16;
    private static final int RESTLESSNESS = 60;

    private final Cluster cluster;

    ChaosIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void everyReaderGetsEveryEventOnceInOrderWhateverHappens() {
        LOG.info("ChaosIT: -Dpado.chaos.seed=" + SEED + " -Dpado.chaos.seconds=" + SECONDS);
        List<URI> nodes = List.of(cluster.a(), cluster.b());
        String token = Login.of(cluster.a(), "publisher").token();
        try (Story story = Story.begin(token, TOPICS, WITNESSES, RESTLESSNESS, Duration.ofMillis(15), () -> nodes, SEED)) {
            int connected = story.connections();
            disturb(new Random(SEED));
            story.end();

            assertThat(story.told()).isGreaterThan(100);
            assertThat(story.connections()).isGreaterThan(connected + WITNESSES);
            LOG.info("ChaosIT: " + story.told() + " events, " + story.connections() + " connections");
        }
    }

    private void disturb(Random random) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(1_500)));
            try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
                switch (random.nextInt(3)) {
                    case 0 -> redis.sendCommand(Command.CLIENT, "KILL", "TYPE", "pubsub");
                    case 1 -> redis.sendCommand(Command.CLIENT, "KILL", "TYPE", "normal", "SKIPME", "yes");
                    default -> redis.sendCommand(Command.CLIENT, "PAUSE", Integer.toString(random.nextInt(600)));
                }
            }
        }
    }
}
