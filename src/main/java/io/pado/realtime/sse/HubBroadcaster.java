package io.pado.realtime.sse;

import io.pado.platform.Json;
import io.pado.realtime.LogUnavailable;
import io.pado.realtime.Publication;
import io.pado.realtime.Publisher;
import io.pado.realtime.Topic;
import io.pado.realtime.Wire;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The standard {@link SseBroadcaster} over one topic of the hub: a resource written for JAX-RS keeps its code, and gains the
 * other nodes, replay, and readers that cannot hold each other up. {@link #register} must be called on the request's own thread.
 * Thread-safe.
 */
public final class HubBroadcaster implements SseBroadcaster {

    private final Topic topic;
    private final Wire wire;
    private final Sse sse;
    private final SseStreams streams;
    private final Publisher publisher;
    private final Set<SseEventSink> sinks = ConcurrentHashMap.newKeySet();
    private final List<Consumer<SseEventSink>> closeListeners = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<SseEventSink, Throwable>> errorListeners = new CopyOnWriteArrayList<>();

    /**
     * @param topic what is broadcast to; a policy must cover it
     * @param wire  how its events look
     */
    public HubBroadcaster(Topic topic, Wire wire, Sse sse, SseStreams streams, Publisher publisher) {
        this.topic = topic;
        this.wire = wire;
        this.sse = sse;
        this.streams = streams;
        this.publisher = publisher;
    }

    @Override
    public void register(SseEventSink sink) {
        String connectionId = UUID.randomUUID().toString();
        String greeting = "{\"type\":\"connection_ack\",\"connectionId\":" + Json.quoted(connectionId) + '}';
        sinks.add(sink);
        streams.open(sink, sse, new StreamRequest(connectionId, Set.of(topic), wire, "", greeting), () -> closed(sink));
    }

    /**
     * Publishes an event to the topic's subscribers on all nodes.
     *
     * @param event its name becomes the type, its data, a JSON text, the payload
     * @return done when the event is in the log; delivery goes on by itself
     */
    @Override
    public CompletionStage<?> broadcast(OutboundSseEvent event) {
        String type = event.getName() == null ? "message" : event.getName();
        try {
            return CompletableFuture.completedStage(
                    publisher.publish(new Publication(topic, type, "", String.valueOf(event.getData()), "")));
        } catch (LogUnavailable unavailable) {
            sinks.forEach(sink -> errorListeners.forEach(listener -> listener.accept(sink, unavailable)));
            return CompletableFuture.failedStage(unavailable);
        }
    }

    @Override
    public void onClose(Consumer<SseEventSink> listener) {
        closeListeners.add(listener);
    }

    @Override
    public void onError(BiConsumer<SseEventSink, Throwable> listener) {
        errorListeners.add(listener);
    }

    @Override
    public void close() {
        close(true);
    }

    @Override
    public void close(boolean cascading) {
        if (cascading) {
            sinks.forEach(HubBroadcaster::end);
        }
        sinks.clear();
    }

    private static void end(SseEventSink sink) {
        try {
            sink.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void closed(SseEventSink sink) {
        if (sinks.remove(sink)) {
            closeListeners.forEach(listener -> listener.accept(sink));
        }
    }
}
