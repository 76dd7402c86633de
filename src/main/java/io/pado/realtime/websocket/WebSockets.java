package io.pado.realtime.websocket;

import io.pado.identity.Callers;
import io.pado.platform.http.LibertyHttp;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.problem.ProblemResponse;
import io.pado.platform.proxy.Clients;
import io.pado.realtime.carrier.BareConnection;
import io.pado.realtime.carrier.Carriers;
import io.pado.realtime.carrier.SlowPeers;
import io.pado.realtime.hub.Subscriber;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.stream.StreamClient;
import io.pado.realtime.stream.Streams;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Opens WebSockets: lets the client in, begins the dialogue, and answers the handshake only then, so that a refusal is a plain answer. */
@ApplicationScoped
public class WebSockets {

    @Inject
    private Streams streams;
    @Inject
    private Carriers carriers;
    @Inject
    private StandardWebSockets standard;
    @Inject
    private SlowPeers slow;
    @Inject
    private Callers callers;
    @Inject
    private Clients clients;
    @Inject
    private ScheduledExecutorService timer;
    @Inject
    private Executor writers;
    @Inject
    private UnfinishedMessages unfinished;

    /** Opens the WebSocket that the request asks for, or answers why not. */
    public void open(HttpServletRequest request, HttpServletResponse response, Dialogue dialogue) throws IOException {
        try {
            Handshake.check(request, response);
            Subscriber subscriber = streams.enter(UUID.randomUUID().toString(), StreamClient.of(callers.current(), clients.of(request), request), dialogue.wire(),
                    () -> { });
            boolean open = false;
            try {
                dialogue.begin(subscriber, request);
                if (carriers.isBare(request)) {
                    leaveHttp(request, response, subscriber, dialogue);
                    open = true;
                } else {
                    open = standard.open(request, response, subscriber, dialogue);
                }
            } finally {
                if (!open) {
                    subscriber.peerIsGone();
                }
            }
        } catch (LogUnavailable away) {
            ProblemResponse.write(ProblemException.unavailable("Live updates cannot be joined right now; try again in a few seconds."),
                    request, response);
        } catch (ProblemException refused) {
            ProblemResponse.write(refused, request, response);
        }
    }

    private void leaveHttp(HttpServletRequest request, HttpServletResponse response, Subscriber subscriber, Dialogue dialogue) throws IOException {
        Handshake.accept(request, response);
        // A client that is gone by now must be noticed here: Liberty never closes what it fails to upgrade. It passes over the first flush.
        response.flushBuffer();
        response.flushBuffer();
        LibertyHttp.expectNoOtherRequest(request);
        try {
            BareConnection bare = carriers.leaveHttp(request);
            bare.prepare(new BareSession(subscriber, new BareWebSocket(bare, timer, writers), dialogue, unfinished), slow, carriers);
        } catch (ServletException | RuntimeException failed) {
            // The handshake is answered, so it is too late for the other carrier: the client comes back.
            carriers.broke(failed);
            throw new IOException("The connection could not leave HTTP", failed);
        }
    }
}
