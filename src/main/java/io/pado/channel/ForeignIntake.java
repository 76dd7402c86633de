package io.pado.channel;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.json.Json;
import io.pado.platform.redis.Lease;
import io.pado.platform.redis.Redis;
import io.pado.realtime.Publication;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.redis.PubSubConnection;
import io.pado.realtime.redis.ServerChanged;
import io.pado.realtime.sql.PatientPublisher;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Takes in what other programs PUBLISH on plain Redis channels, and gives it to the {@link PatientPublisher}, so that it gets an id,
 * history and every node. One node at a time does this, by a lease; when that node dies, what is published until the lease ends
 * is lost, as it is for every other subscriber of plain pub/sub.
 */
@ApplicationScoped
public class ForeignIntake {

    private static final Logger LOG = Logger.getLogger(ForeignIntake.class.getName());
    private static final int MAX_BYTES = 256 * 1024;
    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final long PERIOD_MILLIS = 1_000;
    /** More than this wait in Redis. */
    private static final int MAX_WAITING = 256;

    @Inject
    private Redis redis;
    @Inject
    private PatientPublisher publisher;
    @Inject
    @Any
    private Instance<ForeignChannel> offered;
    @Resource
    private ManagedThreadFactory threads;
    @Resource
    private ManagedScheduledExecutorService timer;

    private final BackgroundLoop listening = new BackgroundLoop("intake", this::listen);
    private final BackgroundLoop publishing = new BackgroundLoop("intake-publish", this::publish);
    private final BlockingQueue<Publication> taken = new ArrayBlockingQueue<>(MAX_WAITING);
    private final List<Publication> together = new ArrayList<>(); // of the publishing thread
    private final AtomicLong refused = new AtomicLong();
    private Map<String, ForeignChannel> channels;
    private Lease lease;
    private Future<?> renewal;
    private volatile PubSubConnection subscription;

    void start(@Observes Startup startup) {
        channels = offered.stream().collect(Collectors.toMap(ForeignChannel::channel, Function.identity()));
        lease = new Lease(redis, "intake", LEASE);
        listening.start(threads);
        publishing.start(threads);
        renewal = timer.scheduleWithFixedDelay(this::renew, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        renewal.cancel(false);
        listening.stop();
        endListening();
        publishing.stop();
        List<Publication> rest = new ArrayList<>();
        taken.drainTo(rest);
        try {
            publisher.publish(rest);
        } finally {
            lease.release();
        }
    }

    /** @return how many messages were refused since the start: not JSON, or too large */
    public long refused() {
        return refused.get();
    }

    private long listen() {
        if (lease.acquire().isEmpty()) {
            return PERIOD_MILLIS;
        }
        try {
            PubSubConnection.listen(redis, this::confirmed, this::take, channels.keySet().toArray(String[]::new));
        } finally {
            subscription = null;
        }
        return PERIOD_MILLIS;
    }

    /**
     * Whoever cannot renew the lease stops listening at once: another node may hold it by now. But while Redis refuses writes nobody can
     * take it, and the holder goes on.
     */
    private void renew() {
        PubSubConnection current = subscription;
        if (current == null) {
            return;
        }
        if (lease.keep()) {
            current.check();
        } else {
            endListening();
        }
    }

    private void confirmed(PubSubConnection confirming, String channel) {
        subscription = confirming;
        listening.working();
    }

    /** What others publish comes in on another server now. */
    void moved(@Observes ServerChanged change) {
        endListening();
    }

    private void endListening() {
        PubSubConnection current = subscription;
        if (current != null) {
            current.disconnect();
        }
    }

    private void take(String channel, String message) {
        ForeignChannel foreign = channels.get(channel);
        if (message.length() > MAX_BYTES || message.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            refuse(channel, "it is over " + MAX_BYTES + " bytes");
            return;
        }
        Json.parse(message).ifPresentOrElse(
                json -> put(publication(foreign, json)),
                () -> refuse(channel, "it is not JSON"));
    }

    private void put(Publication publication) {
        try {
            taken.put(publication);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            endListening();
        }
    }

    /**
     * Publishes all that came while the publishing before was under way, in one step: most of a step's cost is the way to Redis and back. What its topic cannot
     * take waits in the outbox.
     */
    private long publish() throws InterruptedException {
        if (together.isEmpty()) {
            together.add(taken.take());
            taken.drainTo(together);
        }
        try {
            publisher.publish(together);
        } catch (LogRefused refused) {
            // Nothing of these was stored, and more waits in Redis.
            throw refused;
        } catch (LogUnavailable away) {
            // Some may have been stored.
            together.clear();
            throw away;
        }
        return 0;
    }

    private static Publication publication(ForeignChannel foreign, JsonValue json) {
        if (json instanceof JsonObject object && object.get("type") instanceof JsonString type && Publication.isType(type.getString())) {
            JsonValue data = object.containsKey("data") ? object.get("data") : withoutType(object);
            return new Publication(foreign.topic(), type.getString(), "", data.toString(), "");
        }
        return new Publication(foreign.topic(), foreign.type(), "", json.toString(), "");
    }

    private static JsonObject withoutType(JsonObject object) {
        return jakarta.json.Json.createObjectBuilder(object).remove("type").build();
    }

    private void refuse(String channel, String why) {
        refused.incrementAndGet();
        LOG.log(Level.WARNING, "Dropped a message published on {0}: {1}", new Object[] {channel, why});
    }
}
