package io.pado.realtime.sse.broadcast;

import io.pado.platform.problem.ProblemException;
import io.pado.realtime.CloseReason;
import io.pado.realtime.EventId;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.hub.Subscriber;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.LogSlice;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.log.Publisher;
import io.pado.realtime.sse.SseStreams;
import io.pado.realtime.sse.SseWire;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The standard {@link SseBroadcaster} over one topic of the hub: a resource written for JAX-RS keeps its code, and gains the other nodes, replay after
 * {@code Last-Event-ID}, and readers that cannot hold each other up. Thread-safe.
 */
final class HubBroadcaster implements SseBroadcaster {

    private static final Logger LOG = Logger.getLogger(HubBroadcaster.class.getName());
    /** One for all, as it has no state. */
    private static final SseWire WIRE = new BroadcastWire();
    private static final int PAGE = 200;

    private final Topic topic;
    private final SseStreams streams;
    private final Publisher publisher;
    private final EventLog log;
    private final Bodies bodies;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private final List<Consumer<SseEventSink>> closeListeners = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<SseEventSink, Throwable>> errorListeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** @param topic what is broadcast to; a policy must cover it */
    HubBroadcaster(Topic topic, SseStreams streams, Publisher publisher, EventLog log, Bodies bodies) {
        this.topic = topic;
        this.streams = streams;
        this.publisher = publisher;
        this.log = log;
        this.bodies = bodies;
    }

    /**
     * Opens the stream of the current request; must be called on its thread. What the sink was given before comes first, then, if the request says what it had
     * last, what came after that. From now on nothing else may send by the sink. If only the head of the stream was asked for ({@code HEAD}), the sink is
     * closed.
     *
     * @throws io.pado.platform.problem.ProblemException 503 if the log does not answer
     */
    @Override
    public void register(SseEventSink sink) {
        mustBeOpen();
        bodies.note();
        Reader reader = new Reader(sink);
        streams.open(sink, streams.request(topic, WIRE, this::place), reader, reader::failed).ifPresent(subscriber -> added(reader, subscriber));
    }

    private void added(Reader reader, Subscriber subscriber) {
        reader.subscriber = subscriber;
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
     * @param event its data is written by the message body writers of the application whose request uses this broadcaster
     * @return done when the event is in the log; delivery goes on by itself
     */
    @Override
    public CompletionStage<?> broadcast(OutboundSseEvent event) {
        mustBeOpen();
        try {
            String json = BroadcastWire.json(event, bodies.text(event));
            return CompletableFuture.completedStage(publisher.publish(new Publication(topic, BroadcastWire.TYPE, "", json, "")));
        } catch (IOException | RuntimeException failed) {
            return CompletableFuture.failedStage(failed);
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

    /** @return the place in the log of the event that a reader had last: the log's own id, or that of the newest event which was given this id */
    private String place(String lastEventId) {
        if (lastEventId.isEmpty() || EventId.parse(lastEventId).isPresent()) {
            return lastEventId;
        }
        String place = lastEventId;
        LogSlice page;
        long read = 0;
        do {
            page = page(read);
            place = page.events().stream().filter(event -> BroadcastWire.isCalled(lastEventId, event))
                    .reduce((older, newer) -> newer).map(event -> event.id().toString()).orElse(place);
            read = page.reach();
        } while (!page.complete());
        return place;
    }

    private LogSlice page(long after) {
        try {
            return log.read(Map.of(topic, after), PAGE);
        } catch (LogUnavailable away) {
            throw ProblemException.unavailable("This stream cannot go on where it was right now; try again in a few seconds.");
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
            closeListeners.forEach(listener -> told(() -> listener.accept(sink)));
        }

        void failed(Throwable why) {
            errorListeners.forEach(listener -> told(() -> listener.accept(sink, why)));
        }

        /** One listener that fails costs the others nothing. */
        private void told(Runnable listener) {
            try {
                listener.run();
            } catch (RuntimeException fault) {
                LOG.log(Level.WARNING, "A listener of the broadcaster of " + topic + " failed", fault);
            }
        }

        void end() {
            subscriber.end(CloseReason.ENDED);
        }
    }
}
