package io.pado.realtime.stream;

import io.pado.realtime.hub.outbox.OutboxLimits;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of streams; their meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
public class StreamConfig {

    private static final Set<String> EVERYWHERE = Set.of("*", "0.0.0.0", "::", "[::]");

    @Inject
    @ConfigProperty(name = "pado.stream.heartbeat")
    int heartbeat;

    @Inject
    @ConfigProperty(name = "pado.http.write.timeout")
    int writeTimeout;

    @Inject
    @ConfigProperty(name = "pado.stream.retry")
    int retry;

    @Inject
    @ConfigProperty(name = "pado.stream.outbox.frames")
    int outboxFrames;

    @Inject
    @ConfigProperty(name = "pado.stream.outbox.bytes")
    int outboxBytes;

    @Inject
    @ConfigProperty(name = "pado.stream.outbox.total")
    long outboxTotal;

    @Inject
    @ConfigProperty(name = "pado.drain.seconds")
    int drain;

    @Inject
    @ConfigProperty(name = "pado.stream.carrier")
    String carrier;

    @Inject
    @ConfigProperty(name = "pado.stream.one.reader")
    boolean oneReader;

    @Inject
    @ConfigProperty(name = "pado.http.host", defaultValue = "localhost")
    String host;

    @Inject
    @ConfigProperty(name = "pado.http.port", defaultValue = "9080")
    int port;

    private OutboxLimits limits;
    private TopicShares shares;

    @PostConstruct
    void start() {
        shares = new TopicShares(mostTopics, mostTopicsOfAddress);
        limits = new OutboxLimits(outboxFrames, outboxBytes, outboxTotal, new LongAdder());
    }

    @Inject
    @ConfigProperty(name = "pado.stream.most.node")
    int mostOpen;

    @Inject
    @ConfigProperty(name = "pado.stream.most.address")
    int mostOpenOfAddress;

    @Inject
    @ConfigProperty(name = "pado.stream.most.user")
    int mostOpenOfUser;

    @Inject
    @ConfigProperty(name = "pado.stream.topics.node")
    int mostTopics;

    @Inject
    @ConfigProperty(name = "pado.stream.topics.address")
    int mostTopicsOfAddress;

    @Inject
    @ConfigProperty(name = "pado.stream.connects.node")
    int mostConnects;

    @Inject
    @ConfigProperty(name = "pado.stream.connects.address")
    int mostConnectsOfAddress;

    @Inject
    @ConfigProperty(name = "pado.websocket.message.seconds")
    int messageSeconds;

    @Inject
    @ConfigProperty(name = "pado.websocket.unfinished.bytes")
    long unfinishedBytes;

    @Inject
    @ConfigProperty(name = "pado.websocket.unfinished.address")
    long unfinishedBytesOfAddress;

    /** @return seconds within which a WebSocket message that has begun must end */
    public int messageSeconds() {
        return messageSeconds;
    }

    /** @return bytes that all unfinished WebSocket messages of this node may take */
    public long unfinishedBytes() {
        return unfinishedBytes;
    }

    /** @return bytes of these that messages of one address may take */
    public long unfinishedBytesOfAddress() {
        return unfinishedBytesOfAddress;
    }

    /** @return streams that this node holds open at most */
    public int mostOpen() {
        return mostOpen;
    }

    /** @return streams that this node holds open for one address at most */
    public int mostOpenOfAddress() {
        return mostOpenOfAddress;
    }

    /** @return streams that this node holds open for one user at most */
    public int mostOpenOfUser() {
        return mostOpenOfUser;
    }

    /** @return streams that this node opens within a second at most; 0 for any number */
    public int mostConnects() {
        return mostConnects;
    }

    /** @return streams that this node opens for one address within a second at most; 0 for any number */
    public int mostConnectsOfAddress() {
        return mostConnectsOfAddress;
    }

    /** @return seconds between two heartbeats of a stream */
    public int heartbeatSeconds() {
        return heartbeat;
    }

    /** @return what carries open streams: auto, bare or standard; the catalogue allows nothing else */
    public String carrier() {
        return carrier.strip();
    }

    /** @return whether the server is to hear all its connections with one thread */
    public boolean oneReader() {
        return oneReader;
    }

    /** @return where this server reaches itself without TLS */
    public InetSocketAddress ownAddress() {
        return new InetSocketAddress(EVERYWHERE.contains(host.strip()) ? "localhost" : host.strip(), port);
    }

    /** @return seconds for which everything is still served after this node was told to stop */
    int drainSeconds() {
        return drain;
    }

    /** @return seconds after which a peer that takes nothing is given up */
    public int writeTimeoutSeconds() {
        return writeTimeout;
    }

    /** @return how long a client should wait before it comes back, milliseconds, different for each so that they spread */
    public long retryMillis() {
        return retry + ThreadLocalRandom.current().nextLong(retry + 1L);
    }

    /** @return how much may wait for one reader, and for all of this node */
    public OutboxLimits limits() {
        return limits;
    }

    /** @return how many topics may be followed for readers who have not logged in */
    public TopicShares topicShares() {
        return shares;
    }
}
