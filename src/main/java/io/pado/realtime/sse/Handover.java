package io.pado.realtime.sse;

import io.pado.platform.LibertyHttp;
import io.pado.realtime.Subscriber;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The step from an answered request to an open stream. It is taken when JAX-RS is through with the request: until then the
 * request's thread may write, and two threads that write to one response at a time would break its chunks.
 */
final class Handover {

    private final Subscriber subscriber;
    private final SseConnection connection;
    private final Runnable start;

    /** @param start starts the sending of what the subscriber missed, and of all that follows */
    Handover(Subscriber subscriber, SseConnection connection, Runnable start) {
        this.subscriber = subscriber;
        this.connection = connection;
        this.start = start;
    }

    /** The request was answered with the head and the first event of a stream. */
    void proceed(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        if (connection.isCarried()) {
            start.run();
            return;
        }
        // Liberty passes over the first flush of a response.
        response.flushBuffer();
        response.flushBuffer();
        if (LibertyHttp.leaveBodyOpen(request)) {
            UpgradedTransport bare = request.upgrade(UpgradedTransport.class);
            bare.prepare(!request.getProtocol().equals("HTTP/1.0"), () -> begin(bare), subscriber::peerIsGone);
        } else {
            AsyncContext kept = request.startAsync();
            kept.setTimeout(0);
            begin(new ResponseTransport(response.getOutputStream(), kept::complete));
        }
    }

    /** The stream will not be opened, or ends. */
    void abandon() {
        subscriber.peerIsGone();
    }

    /** The stream has to be open by now. */
    void expire() {
        if (!connection.isCarried()) {
            abandon();
        }
    }

    private void begin(Transport transport) {
        connection.carriedBy(transport);
        start.run();
    }
}
