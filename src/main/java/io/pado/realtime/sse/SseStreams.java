package io.pado.realtime.sse;

import io.pado.identity.Caller;
import io.pado.identity.Callers;
import io.pado.platform.problem.InBand;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.proxy.Clients;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Notice;
import io.pado.realtime.Start;
import io.pado.realtime.Topic;
import io.pado.realtime.carrier.Carriers;
import io.pado.realtime.carrier.SlowPeers;
import io.pado.realtime.hub.AudienceChanges;
import io.pado.realtime.hub.Hub;
import io.pado.realtime.hub.Join;
import io.pado.realtime.hub.Subscriber;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.sse.carrier.Handover;
import io.pado.realtime.sse.carrier.RawResponse;
import io.pado.realtime.sse.carrier.ResetStreams;
import io.pado.realtime.sse.carrier.Sink;
import io.pado.realtime.stream.LastEventId;
import io.pado.realtime.stream.StreamClient;
import io.pado.realtime.stream.StreamConfig;
import io.pado.realtime.stream.StreamPlace;
import io.pado.realtime.stream.Streams;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Opens streams: joins the hub, sends the first event on the request's thread, and leaves everything after that to the writers.
 * Nothing is sent before the join has succeeded, so that a failure is still a plain HTTP answer.
 */
@ApplicationScoped
public class SseStreams {

    /** For {@code @Produces}: SSE is UTF-8 whatever the header says, and some clients look for it. */
    public static final String MEDIA_TYPE = "text/event-stream;charset=UTF-8";

    private static final Map<String, String> HEADERS =
            Map.of(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform", "X-Accel-Buffering", "no");

    @Inject
    private Hub hub;
    @Inject
    private AudienceChanges changes;
    @Inject
    private Streams streams;
    @Inject
    private Carriers carriers;
    @Inject
    private SlowPeers slow;
    @Inject
    private ResetStreams reset;
    @Inject
    private Callers callers;
    @Inject
    private Clients clients;
    @Inject
    private StreamConfig config;
    @Inject
    private HttpServletRequest request;

    /**
     * Opens the stream of the current request.
     *
     * @return what its resource method has to return: the head and the first event of the stream; the rest follows by itself
     * @throws ProblemException 503 if the log does not answer
     */
    public Response open(StreamRequest asked) {
        Response.ResponseBuilder response = Response.ok().type(MEDIA_TYPE);
        head(response::header);
        if (isForHead()) {
            return response.build();
        }
        Subscriber subscriber = entered(asked, () -> { });
        Join join = join(subscriber, asked);
        byte[] greeting = greeted(asked, subscriber, join);
        RawResponse.afterwards(request, handover(subscriber, Optional.empty()));
        return response.entity((StreamingOutput) output -> output.write(greeting)).build();
    }

    /**
     * Takes a place for the stream of the current request, which must do something first that is not to be done for a stream that is refused. The caller
     * closes it; a stream that was opened {@link StreamRequest#in} it keeps it.
     *
     * @throws ProblemException 429 if there are too many streams, 503 if this node lets nobody in
     */
    public StreamPlace place(Caller caller, SseWire wire) {
        InBand.worded(request, (reason, detail) -> wire.frame(new Notice("closing", reason, detail, Set.of(), Map.of())).whole());
        return streams.place(StreamClient.of(caller, clients.of(request), request));
    }

    /** @return the answer that opens a stream of two events, which hears nothing */
    Response told(StreamRequest asked, byte[] first, byte[] second) {
        Response.ResponseBuilder response = Response.ok().type(MEDIA_TYPE);
        if (isForHead()) {
            return response.build();
        }
        Subscriber subscriber = entered(asked, () -> { });
        RawResponse.afterwards(request, handover(subscriber, Optional.empty()));
        subscriber.send(second);
        subscriber.endAfterwards(CloseReason.COMPLETED);
        return response.entity((StreamingOutput) output -> output.write(first)).build();
    }

    /**
     * Opens the stream of the current request, whose resource method has a sink. It takes more memory than the other way, because
     * JAX-RS and the container keep their request.
     *
     * @param sink    the request's sink; what it was given before comes first, and nothing else may send by it any more
     * @param onClose runs once, after the stream has ended
     * @param onError gets what fails when it is written to
     * @return the open stream; none if only the head of it was asked for: then the sink is closed
     * @throws ProblemException 503 if the log does not answer
     */
    public Optional<Subscriber> open(SseEventSink sink, StreamRequest asked, Runnable onClose, Consumer<IOException> onError) {
        if (isForHead()) {
            headOfSink();
            closed(sink, onError);
            onClose.run();
            return Optional.empty();
        }
        Subscriber subscriber = entered(asked, onClose);
        join(subscriber, asked);
        headOfSink();
        RawResponse.afterwards(request, handover(subscriber, Optional.of(new Sink(sink, onError))));
        return Optional.of(subscriber);
    }

    /** @param placed gives the place in the log of what the reader had last @return what the current request asks for, of one topic */
    public StreamRequest request(Topic topic, SseWire wire, UnaryOperator<String> placed) {
        String last = LastEventId.of(request).orElse("");
        return StreamRequest.of(callers.current(), wire).topics(Set.of(topic)).from(Start.after(placed.apply(last)));
    }

    /**
     * A stream's connection ends with it. Who asked by POST has to be told: a client that sends the next one on it cannot know whether that was done.
     * Of other streams it is not said, because Node.js' own client takes the loss of such a connection for the end of the stream, and does not come back.
     */
    private void head(BiConsumer<String, String> header) {
        HEADERS.forEach(header);
        if (request.getMethod().equals(HttpMethod.POST) && request.getProtocol().equals("HTTP/1.1")) {
            header.accept("Connection", "close");
        }
    }

    /** What its sink was given before may have sent it. */
    private void headOfSink() {
        HttpServletResponse response = RawResponse.of(request);
        if (!response.isCommitted()) {
            response.setContentType(MEDIA_TYPE);
            head(response::setHeader);
        }
    }

    private static void closed(SseEventSink sink, Consumer<IOException> onError) {
        try {
            sink.close();
        } catch (IOException failed) {
            onError.accept(failed);
        }
    }

    private boolean isForHead() {
        return request.getMethod().equals(HttpMethod.HEAD);
    }

    private Handover handover(Subscriber subscriber, Optional<Sink> sink) {
        return new Handover(subscriber, sink, carriers, slow, reset);
    }

    private Subscriber entered(StreamRequest asked, Runnable onClose) {
        try (StreamPlace place = asked.place() == null ? place(asked.caller(), asked.wire()) : asked.place()) {
            return streams.enter(asked.connectionId(), place, asked.wire(), onClose);
        }
    }

    /** @return the first events; a stream whose greeting cannot be made is none */
    private byte[] greeted(StreamRequest asked, Subscriber subscriber, Join join) {
        boolean made = false;
        try {
            byte[] greeting = greeting(asked, subscriber, join).bytes();
            made = true;
            return greeting;
        } finally {
            if (!made) {
                subscriber.peerIsGone();
            }
        }
    }

    /** @return the first events, the first of them with the pause before a reconnect and the place to go on from */
    private SseFrame greeting(StreamRequest asked, Subscriber subscriber, Join join) {
        SseFrame head = new SseFrame().retry(config.retryMillis()).id(join.start().toString());
        List<SseFrame> frames = asked.greeting().apply(new OpenStream(subscriber, join, changes));
        head.with(frames.get(0));
        frames.stream().skip(1).forEach(head::then);
        return head;
    }

    /** @return the join, which has begun, though nothing is written before the stream is open */
    private Join join(Subscriber subscriber, StreamRequest asked) {
        boolean joined = false;
        try {
            Join join = asked.audience() == null ? hub.join(subscriber, asked.topics(), asked.start())
                    : hub.join(subscriber, asked.audience(), asked.start());
            join.begin();
            joined = true;
            return join;
        } catch (LogUnavailable unavailable) {
            throw ProblemException.unavailable("Live updates cannot be joined right now; try again in a few seconds.");
        } finally {
            if (!joined) {
                subscriber.peerIsGone();
            }
        }
    }
}
