package io.pado.realtime.sse;

import io.pado.platform.ProblemException;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Hub;
import io.pado.realtime.Join;
import io.pado.realtime.LogUnavailable;
import io.pado.realtime.Subscriber;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Opens streams: joins the hub, sends the first frame on the request's thread, and leaves everything after that to the writers.
 * Nothing is sent before the join has succeeded, so that a failure is still a plain HTTP answer.
 */
@ApplicationScoped
public class SseStreams {

    /** For {@code @Produces}: SSE is UTF-8 whatever the header says, and some clients look for it. */
    public static final String MEDIA_TYPE = "text/event-stream;charset=UTF-8";

    @Inject
    private Hub hub;
    @Inject
    private Executor writers;
    @Inject
    private SseConfig config;
    @Inject
    private HttpServletRequest request;

    /**
     * Opens the stream of the current request.
     *
     * @param sink    the request's sink; its runtime must not send by it any more
     * @param onClose runs once, after the stream has ended
     * @return the open stream
     * @throws ProblemException 503 if the log does not answer
     */
    public Subscriber open(SseEventSink sink, Sse sse, StreamRequest asked, Runnable onClose) {
        HttpServletResponse response = RawResponse.of(request);
        Leaving leaving = new Leaving(onClose);
        Subscriber subscriber = new Subscriber(asked.connectionId(), asked.topics(), asked.wire(),
                new SseConnection(sink, output(response), leaving), writers, config.limits());
        leaving.subscriber = subscriber;
        Join join = join(subscriber, asked.lastEventId());
        response.setHeader("Cache-Control", "no-cache, no-transform");
        response.setHeader("X-Accel-Buffering", "no");
        // On the request's own thread the sink writes at once, and never again by itself.
        sink.send(greeting(sse, join.start().toString(), asked.greeting()));
        RawResponse.afterwards(request, () -> writers.execute(join));
        return subscriber;
    }

    /** @return what the current request's client had last, as its header says; empty if it says nothing */
    String lastEventId() {
        return Objects.requireNonNullElse(request.getHeader(HttpHeaders.LAST_EVENT_ID_HEADER), "");
    }

    @PreDestroy
    void stop() {
        hub.subscribers().forEach(subscriber -> subscriber.end(CloseReason.STOPPING));
    }

    private OutboundSseEvent greeting(Sse sse, String id, String json) {
        return sse.newEventBuilder().id(id).reconnectDelay(config.retryMillis()).data(json).build();
    }

    private Join join(Subscriber subscriber, String lastEventId) {
        try {
            return hub.join(subscriber, lastEventId);
        } catch (LogUnavailable unavailable) {
            throw ProblemException.unavailable("Live updates cannot be joined right now; try again in a few seconds.");
        }
    }

    private static jakarta.servlet.ServletOutputStream output(HttpServletResponse response) {
        try {
            return response.getOutputStream();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private final class Leaving implements Runnable {

        private final Runnable onClose;
        private Subscriber subscriber;

        Leaving(Runnable onClose) {
            this.onClose = onClose;
        }

        @Override
        public void run() {
            hub.leave(subscriber);
            onClose.run();
        }
    }
}
