package io.pado.realtime.websocket;

import io.pado.platform.problem.ProblemException;
import io.pado.realtime.hub.Subscriber;
import io.pado.realtime.stream.StreamConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Opens WebSockets by nothing but the specifications: a request that was let in is handed to the container's WebSockets (Jakarta WebSocket 2.1,
 * {@code upgradeHttpToWebSocket}), which answers the handshake and reads and writes the frames.
 */
@ApplicationScoped
class StandardWebSockets {

    private static final Logger LOG = Logger.getLogger(StandardWebSockets.class.getName());

    @Inject
    private StreamConfig config;
    @Inject
    private ScheduledExecutorService timer;
    @Inject
    private Executor writers;

    /**
     * Answers the handshake.
     *
     * @return whether the WebSocket opens; if not the container has answered why, or the client has left
     * @throws ProblemException 503 if the container has no WebSockets or does not take this one
     */
    boolean open(HttpServletRequest request, HttpServletResponse response, Subscriber subscriber, Dialogue dialogue) throws IOException {
        if (!(request.getServletContext().getAttribute(ServerContainer.class.getName()) instanceof ServerContainer container)) {
            throw ProblemException.unavailable("This server has no WebSockets; use the streams of events.");
        }
        SessionEndpoint endpoint = new SessionEndpoint(subscriber, dialogue, session ->
                new SessionWebSocket(session, config.writeTimeoutSeconds(), timer, writers, subscriber::peerIsGone));
        ServerEndpointConfig opening = ServerEndpointConfig.Builder.create(SessionEndpoint.class, request.getServletPath())
                .subprotocols(Handshake.namesSubprotocol(request) ? List.of(Handshake.SUBPROTOCOL) : List.of())
                .configurator(new Opening(endpoint)).build();
        try {
            container.upgradeHttpToWebSocket(new WithoutSession(request), response, opening, Map.of());
        } catch (DeploymentException refused) {
            throw new IOException("The container does not take a WebSocket", refused);
        } catch (IOException peerIsGone) {
            LOG.log(Level.FINE, "A client left before its WebSocket was open", peerIsGone);
            return false;
        }
        return response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS;
    }

    /** One client's handshake, which has been looked at and let in. */
    private static final class Opening extends ServerEndpointConfig.Configurator {

        private final SessionEndpoint endpoint;

        Opening(SessionEndpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(endpoint);
        }

        @Override
        public boolean checkOrigin(String origin) {
            return true;
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return supported.stream().filter(requested::contains).findFirst().orElse("");
        }
    }

    /** Liberty makes an HTTP session, with a cookie, for each handshake that lets it (seen with 26.0.0.5). */
    private static final class WithoutSession extends HttpServletRequestWrapper {

        WithoutSession(HttpServletRequest request) {
            super(request);
        }

        @Override
        public HttpSession getSession() {
            return null;
        }

        @Override
        public HttpSession getSession(boolean create) {
            return null;
        }
    }
}
