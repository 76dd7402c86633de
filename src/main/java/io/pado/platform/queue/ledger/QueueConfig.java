package io.pado.platform.queue.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of the queue; their meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
public class QueueConfig {

    private static final int MIN_LEASE_SECONDS = 3;
    private static final Duration NEXT_ATTEMPT = Duration.ofSeconds(2);
    private static final String KAFKA = "liberty-kafka";

    @Inject
    @ConfigProperty(name = "pado.queue.connector")
    String connector;

    @Inject
    @ConfigProperty(name = "pado.queue.kafka.topic")
    String topic;

    @Inject
    @ConfigProperty(name = "pado.queue.workers")
    int workers;

    @Inject
    @ConfigProperty(name = "pado.queue.seconds")
    int seconds;

    @Inject
    @ConfigProperty(name = "pado.queue.lease.seconds")
    int leaseSeconds;

    @Inject
    @ConfigProperty(name = "pado.queue.hours")
    int hours;

    @Inject
    @ConfigProperty(name = "pado.queue.most")
    int most;

    @Inject
    @ConfigProperty(name = "pado.queue.dead.most")
    int mostDead;

    @Inject
    @ConfigProperty(name = "pado.queue.dead.days")
    int deadDays;

    /** @return the name of the connector that carries the messages */
    public String connector() {
        return connector;
    }

    /** @return whether messages go over Kafka */
    public boolean isKafka() {
        return KAFKA.equals(connector);
    }

    /** @return Kafka's topic */
    public String topic() {
        return topic;
    }

    /** @return how many jobs this node does at a time, 1 or more */
    public int workers() {
        return Math.max(1, workers);
    }

    /** @return how long one attempt may take */
    public Duration longest() {
        return Duration.ofSeconds(seconds);
    }

    /** @return how long a worker may be silent before its job is given to another */
    Duration lease() {
        return Duration.ofSeconds(Math.max(MIN_LEASE_SECONDS, leaseSeconds));
    }

    /** @return the pause after a job's first failure; after each further one it is twice as long */
    Duration nextAttempt() {
        return NEXT_ATTEMPT;
    }

    /** @return how long a job may stay unfinished */
    Duration age() {
        return Duration.ofHours(hours);
    }

    /** @return how many jobs may be unfinished, over all nodes */
    int most() {
        return most;
    }

    /** @return how many dead jobs are kept */
    int mostDead() {
        return mostDead;
    }

    /** @return how long a dead job is kept */
    Duration deadAge() {
        return Duration.ofDays(deadDays);
    }
}
