package io.pado.realtime.sse;

import io.pado.platform.Json;
import io.pado.realtime.CloseReason;
import io.pado.realtime.LogUnavailable;
import io.pado.realtime.Publication;
import io.pado.realtime.Publisher;
import io.pado.realtime.Subscriber;
import io.pado.realtime.Topic;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The standard {@link SseBroadcaster} over one topic of the hub: a resource written for JAX-RS keeps its code, and gains the
 * other nodes, replay after {@code Last-Event-ID}, and readers that cannot hold each other up. Thread-safe.
 */
public final class HubBroadcaster implements SseBroadcaster {

    private final Topic topic;
    private final SseWire wire;
    private final Sse sse;
    private final SseStreams streams;
    private final Publisher publisher;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private final List<Consumer<SseEventSink>> closeListeners = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<SseEventSink, Throwable>> errorListeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * @param topic what is broadcast to; a policy must cover it
     * @param wire  how its events look
     */
    public HubBroadcaster(Topic topic, SseWire wire, Sse sse, SseStreams streams, Publisher publisher) {
        this.topic = topic;
        this.wire = wire;
        this.sse = sse;
        this.streams = streams;
        this.publisher = publisher;
    }

    /**
     * Opens the stream of the current request; must be called on its thread. Of what the request says it had last, the rest
     * is sent first.
     *
     * @throws io.pado.platform.ProblemException 503 if the log does not answer
     */
    @Override
    public void register(SseEventSink sink) {
        mustBeOpen();
        StreamRequest asked = streams.request(topic, wire);
        String greeting = "{\"type\":\"connection_ack\",\"connectionId\":" + Json.quoted(asked.connectionId()) + '}';
        Reader reader = new Reader(sink);
        reader.subscriber = streams.open(sink, sse, asked, greeting, reader);
        readers.add(reader);
        if (reader.gone) {
            readers.remove(reader);
        }
        if (closed) {
            reader.end();
        }
    }

    /**
     * Publishes an event to the topic's subscribers on all nodes.
     *
     * @param event its name becomes the type, its data, a JSON text, the payload
     * @return done when the event is in the log; delivery goes on by itself
     */
    @Override
    public CompletionStage<?> broadcast(OutboundSseEvent event) {
        mustBeOpen();
        String type = event.getName() == null ? "message" : event.getName();
        try {
            return CompletableFuture.completedStage(
                    publisher.publish(new Publication(topic, type, "", String.valueOf(event.getData()), "")));
        } catch (LogUnavailable unavailable) {
            readers.forEach(reader -> errorListeners.forEach(listener -> listener.accept(reader.sink, unavailable)));
            return CompletableFuture.failedStage(unavailable);
        }
    }

    @Override
    public void onClose(Consumer<SseEventSink> listener) {
        mustBeOpen();
        closeListeners.add(listener);
    }

    @Override
    public void onError(BiConsumer<SseEventSink, Throwable> listener) {
        mustBeOpen();
        errorListeners.add(listener);
    }

    @Override
    public void close() {
        close(true);
    }

    /** @param cascading whether the open streams of this node end too */
    @Override
    public void close(boolean cascading) {
        closed = true;
        if (cascading) {
            readers.forEach(Reader::end);
        }
    }

    private void mustBeOpen() {
        if (closed) {
            throw new IllegalStateException("This broadcaster is closed");
        }
    }

    /** One registered sink; run when its stream has ended. */
    private final class Reader implements Runnable {

        private final SseEventSink sink;
        private volatile Subscriber subscriber;
        private volatile boolean gone;

        Reader(SseEventSink sink) {
            this.sink = sink;
        }

        @Override
        public void run() {
            gone = true;
            readers.remove(this);
            closeListeners.forEach(listener -> listener.accept(sink));
        }

        void end() {
            subscriber.end(CloseReason.ENDED);
        }
    }
}
