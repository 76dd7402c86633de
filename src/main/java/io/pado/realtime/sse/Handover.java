package io.pado.realtime.sse;

import io.pado.platform.LibertyHttp;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import io.pado.realtime.Subscriber;
import io.pado.realtime.stream.BareConnection;
import io.pado.realtime.stream.SlowPeers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Logger;

/**
 * The step from an answered request to an open stream. It is taken when JAX-RS is through with the request: until then the
 * request's thread may write, and two threads that write to one response at a time would break its chunks.
 */
final class Handover implements BareConnection.Listener {

    private static final Logger LOG = Logger.getLogger(Handover.class.getName());
    /** Bytes that a client may send after its request, which nobody reads. */
    private static final int MOST_UNREAD = 64 * 1024;

    private final Subscriber subscriber;
    private final SlowPeers slow;
    private final ResetStreams reset;
    private Connection connection;
    private int unread;

    Handover(Subscriber subscriber, SlowPeers slow, ResetStreams reset) {
        this.subscriber = subscriber;
        this.slow = slow;
        this.reset = reset;
    }

    /** Of a stream whose request has a sink, which keeps its response. */
    Handover(Subscriber subscriber, Connection kept, SlowPeers slow, ResetStreams reset) {
        this(subscriber, slow, reset);
        connection = kept;
    }

    /** The request was answered with the head and the first event of a stream. */
    void proceed(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        if (connection != null) {
            LibertyHttp.streamEnd(request).ifPresent(end -> reset.watch(subscriber, end));
            opened();
            return;
        }
        // Liberty passes over the first flush of a response.
        response.flushBuffer();
        response.flushBuffer();
        // A request whose body came slowly goes on in a dispatch of its own, from which it cannot be upgraded.
        boolean mayUpgrade = request.getDispatcherType() != DispatcherType.ASYNC;
        if (mayUpgrade && LibertyHttp.leaveBodyOpen(request)) {
            BareConnection bare = request.upgrade(BareConnection.class);
            connection = new BareStream(bare, !request.getProtocol().equals("HTTP/1.0"));
            bare.prepare(this, slow);
        } else {
            AsyncContext kept = request.startAsync();
            kept.setTimeout(0);
            connection = new ResponseStream(response.getOutputStream(), kept::complete);
            LibertyHttp.streamEnd(request).ifPresent(end -> reset.watch(subscriber, end));
            opened();
        }
    }

    @Override
    public void opened() {
        subscriber.open(connection);
    }

    /** The client has nothing to say after its request; a little is passed over. */
    @Override
    public boolean received(byte[] bytes, int count) {
        unread += count;
        if (unread > MOST_UNREAD) {
            LOG.fine("A client of a stream sent data after its request, and is given up");
            subscriber.end(CloseReason.FLOODING);
        }
        return unread <= MOST_UNREAD;
    }

    /** The peer has closed the connection, or the stream cannot be opened. */
    @Override
    public void gone() {
        subscriber.peerIsGone();
    }
}
