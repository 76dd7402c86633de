package io.pado.realtime.sse;

import io.pado.identity.Callers;
import io.pado.platform.Clients;
import io.pado.platform.InBand;
import io.pado.platform.ProblemException;
import io.pado.realtime.AudienceChanges;
import io.pado.realtime.Hub;
import io.pado.realtime.Join;
import io.pado.realtime.LogUnavailable;
import io.pado.realtime.Notice;
import io.pado.realtime.Start;
import io.pado.realtime.Subscriber;
import io.pado.realtime.Topic;
import io.pado.realtime.stream.LastEventId;
import io.pado.realtime.stream.SlowPeers;
import io.pado.realtime.stream.StreamConfig;
import io.pado.realtime.stream.Streams;
import io.pado.realtime.stream.Visitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        HEADERS.forEach(response::header);
        if (request.getMethod().equals(HttpMethod.HEAD)) {
            return response.build();
        }
        SseConnection connection = new SseConnection();
        Subscriber subscriber = entered(asked, connection, () -> { });
        Join join = join(subscriber, asked);
        byte[] greeting = greeted(asked, subscriber, join);
        RawResponse.afterwards(request, new Handover(subscriber, connection, slow, reset));
        return response.entity((StreamingOutput) output -> output.write(greeting)).build();
    }

    /**
     * Opens the stream of the current request, whose resource method has a sink. It takes more memory than the other way, because
     * JAX-RS and the container keep their request.
     *
     * @param sink     the request's sink; its runtime must not send by it any more
     * @param greeting JSON of the first, unnamed event
     * @param onClose  runs once, after the stream has ended
     * @return the open stream
     * @throws ProblemException 503 if the log does not answer
     */
    public Subscriber open(SseEventSink sink, Sse sse, StreamRequest asked, String greeting, Runnable onClose) {
        HttpServletResponse response = RawResponse.of(request);
        SseConnection connection = new SseConnection();
        connection.carriedBy(new ResponseTransport(output(response), sink));
        Subscriber subscriber = entered(asked, connection, onClose);
        Join join = join(subscriber, asked);
        HEADERS.forEach(response::setHeader);
        // On the request's own thread the sink writes at once, and never again by itself.
        sink.send(greeting(sse, join.start().toString(), greeting));
        RawResponse.afterwards(request, new Handover(subscriber, connection, slow, reset));
        return subscriber;
    }

    /** @return what the current request asks for, of one topic */
    StreamRequest request(Topic topic, SseWire wire) {
        return StreamRequest.of(callers.current(), wire).topics(Set.of(topic)).from(Start.after(LastEventId.of(request).orElse("")));
    }

    private Subscriber entered(StreamRequest asked, SseConnection connection, Runnable onClose) {
        InBand.worded(request, (reason, detail) ->
                asked.wire().frame(new Notice("closing", reason, detail, Set.of(), Map.of())).whole());
        Visitor visitor = Visitor.of(asked.caller(), clients.of(request), request);
        return streams.enter(asked.connectionId(), visitor, asked.wire(), connection, onClose);
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

    private OutboundSseEvent greeting(Sse sse, String id, String json) {
        return sse.newEventBuilder().id(id).reconnectDelay(config.retryMillis()).data(json).build();
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

    private static ServletOutputStream output(HttpServletResponse response) {
        try {
            return response.getOutputStream();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
