package io.pado.realtime.websocket;

import io.pado.identity.Callers;
import io.pado.platform.ProblemException;
import io.pado.platform.ProblemResponse;
import io.pado.realtime.Subscriber;
import io.pado.realtime.stream.BareConnection;
import io.pado.realtime.stream.StreamConfig;
import io.pado.realtime.stream.Streams;
import io.pado.realtime.stream.Visitor;
import io.pado.realtime.topic.EventText;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** {@code /live}: a WebSocket on which any topics that the caller may read come and go. */
@WebServlet("/live")
public class LiveServlet extends HttpServlet {

    private static final int MOST_BYTES = 300 * 1024;

    @Inject
    private transient Streams streams;
    @Inject
    private transient StreamConfig config;
    @Inject
    private transient LiveCommands commands;
    @Inject
    private transient LiveWire wire;
    @Inject
    private transient Callers callers;
    @Inject
    private transient ScheduledExecutorService timer;
    @Inject
    private transient Executor writers;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        try {
            Handshake.check(request, response);
            WebSocketConnection connection = new WebSocketConnection(timer, writers);
            Subscriber subscriber = streams.enter(UUID.randomUUID().toString(), Visitor.of(callers.current(), request), wire,
                    connection, () -> { });
            Handshake.accept(request, response);
            open(request, subscriber, connection);
        } catch (ProblemException refused) {
            ProblemResponse.write(refused, request, response);
        }
    }

    private void open(HttpServletRequest request, Subscriber subscriber, WebSocketConnection connection)
            throws ServletException, IOException {
        subscriber.send(Frames.text("{\"type\":\"welcome\",\"heartbeat\":" + config.heartbeatSeconds()
                + EventText.caller(subscriber.id(), subscriber.caller()) + '}'));
        BareConnection bare = request.upgrade(BareConnection.class);
        connection.carriedBy(bare);
        bare.prepare(new LiveSession(subscriber, connection, commands, MOST_BYTES));
    }
}
