package io.pado.platform.queue.redis;

import io.pado.platform.redis.Redis;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.eclipse.microprofile.reactive.messaging.spi.IncomingConnectorFactory;
import org.eclipse.microprofile.reactive.messaging.spi.OutgoingConnectorFactory;
import org.eclipse.microprofile.reactive.streams.operators.PublisherBuilder;
import org.eclipse.microprofile.reactive.streams.operators.ReactiveStreams;
import org.eclipse.microprofile.reactive.streams.operators.SubscriberBuilder;

/**
 * Channels over Redis Streams, chosen by {@code mp.messaging.incoming.CHANNEL.connector=pado-redis} (or {@code outgoing}). Attributes
 * of a channel: {@code stream}, the key, by default the channel's name; for incoming ones {@code group}, by default {@code workers}.
 */
@ApplicationScoped
@Connector("pado-redis")
public class RedisConnector implements IncomingConnectorFactory, OutgoingConnectorFactory {

    @Inject
    private Redis redis;
    @Resource
    private ManagedThreadFactory threads;

    private final List<StreamReader> open = new CopyOnWriteArrayList<>();

    @Override
    public PublisherBuilder<? extends Message<?>> getPublisherBuilder(Config channel) {
        StreamReader reader = new StreamReader(redis, key(channel), channel.getOptionalValue("group", String.class).orElse("workers"));
        reader.start(threads);
        open.add(reader);
        // As the operators ask for one element at a time, a read is made when a worker is free for a message, and never before.
        return ReactiveStreams.generate(() -> reader).flatMapCompletionStage(StreamReader::next);
    }

    @Override
    public SubscriberBuilder<? extends Message<?>, Void> getSubscriberBuilder(Config channel) {
        StreamWriter writer = new StreamWriter(redis, key(channel));
        return ReactiveStreams.<Message<?>>builder().forEach(writer::write);
    }

    /** @return why Redis gives no messages now, by its last answer; empty if it gives them, or nobody reads by this connector */
    public String refusal() {
        return open.stream().map(StreamReader::refusal).filter(each -> !each.isEmpty()).findAny().orElse("");
    }

    @PreDestroy
    void stop() {
        open.forEach(StreamReader::close);
    }

    private static String key(Config channel) {
        return channel.getOptionalValue("stream", String.class).orElseGet(() -> channel.getValue("channel-name", String.class));
    }
}
