package io.pado.realtime.sse.carrier;

import io.pado.platform.http.LibertyHttp;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import io.pado.realtime.carrier.BareConnection;
import io.pado.realtime.carrier.Carriers;
import io.pado.realtime.carrier.SlowPeers;
import io.pado.realtime.hub.Subscriber;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * The step from an answered request to an open stream, and the fork between the two carriers. It is taken when JAX-RS is through with the request:
 * until then the request's thread may write, and two threads that write to one response at a time would break its chunks.
 */
public final class Handover implements BareConnection.Listener {

    private static final Logger LOG = Logger.getLogger(Handover.class.getName());
    /** Bytes that a client may send after its request, which nobody reads. */
    private static final int MAX_UNREAD = 64 * 1024;

    /** None once the standard carrier has it: each thread of the container keeps the last request that it served, and this with it. */
    private Subscriber subscriber;
    private final Optional<Sink> sink;
    private final Carriers carriers;
    private final SlowPeers slow;
    private final ResetStreams reset;
    private Connection bare;
    private int unread;

    /** @param sink that keeps the response of the request, if there is one; the standard carrier then takes the stream */
    public Handover(Subscriber subscriber, Optional<Sink> sink, Carriers carriers, SlowPeers slow, ResetStreams reset) {
        this.subscriber = subscriber;
        this.sink = sink;
        this.carriers = carriers;
        this.slow = slow;
        this.reset = reset;
    }

    /** The request was answered with the head and the first event of a stream. */
    void proceed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Liberty passes over the first flush of a response.
        response.flushBuffer();
        response.flushBuffer();
        // A request whose body came slowly goes on in a dispatch of its own, from which it cannot be upgraded.
        boolean mayUpgrade = sink.isEmpty() && request.getDispatcherType() != DispatcherType.ASYNC && carriers.isBare(request);
        if (!mayUpgrade || !upgrade(request)) {
            keep(request, response);
        }
    }

    /** @return whether the connection leaves HTTP; over HTTP/2 and on other servers it cannot */
    private boolean upgrade(HttpServletRequest request) throws IOException {
        if (!LibertyHttp.leaveBodyOpen(request)) {
            return false;
        }
        try {
            BareConnection connection = carriers.leaveHttp(request);
            bare = new BareStream(connection, !request.getProtocol().equals("HTTP/1.0"));
            connection.prepare(this, slow, carriers);
            return true;
        } catch (ServletException | RuntimeException failed) {
            LibertyHttp.endBody(request);
            carriers.fellBack(failed);
            return false;
        }
    }

    private void keep(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Subscriber kept = subscriber;
        subscriber = null;
        LibertyHttp.streamEnd(request).ifPresent(ended -> reset.watch(kept, ended));
        if (sink.isPresent()) {
            kept.open(new SinkStream(new ResponseStream(response.getOutputStream(), sink.get().sink()), sink.get().onError()));
            return;
        }
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        kept.open(new ResponseStream(response.getOutputStream(), context::complete));
    }

    @Override
    public void opened() {
        subscriber.open(bare);
    }

    /** The client has nothing to say after its request; a little is passed over. */
    @Override
    public boolean received(byte[] bytes, int count) {
        unread += count;
        if (unread > MAX_UNREAD) {
            LOG.fine("A client of a stream sent data after its request, and is given up");
            subscriber.end(CloseReason.FLOODING);
        }
        return unread <= MAX_UNREAD;
    }

    @Override
    public void overrun() {
        subscriber.end(CloseReason.FLOODING);
    }

    /** The peer has closed the connection, or the stream cannot be opened. */
    @Override
    public void gone() {
        subscriber.peerIsGone();
    }
}
