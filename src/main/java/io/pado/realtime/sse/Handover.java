package io.pado.realtime.sse;

import io.pado.platform.LibertyHttp;
import io.pado.realtime.Subscriber;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The step from an answered request to an open stream. It is taken when JAX-RS is through with the request: until then the
 * request's thread may write, and two threads that write to one response at a time would break its chunks.
 */
final class Handover {

    private static final long NANOS_TO_OPEN = TimeUnit.SECONDS.toNanos(10);

    private final Subscriber subscriber;
    private final SseConnection connection;
    private final long since = System.nanoTime();

    Handover(Subscriber subscriber, SseConnection connection) {
        this.subscriber = subscriber;
        this.connection = connection;
    }

    /** The request was answered with the head and the first event of a stream. */
    void proceed(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        if (connection.isCarried()) {
            subscriber.open();
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

    /** Gives the stream up if it should be open by now. @return whether nothing has to be watched any more */
    boolean giveUp() {
        if (connection.isCarried()) {
            return true;
        }
        boolean late = System.nanoTime() - since > NANOS_TO_OPEN;
        if (late) {
            abandon();
        }
        return late;
    }

    private void begin(Transport transport) {
        connection.carriedBy(transport);
        subscriber.open();
    }
}
