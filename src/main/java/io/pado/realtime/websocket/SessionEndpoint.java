package io.pado.realtime.websocket;

import io.pado.realtime.CloseReason;
import io.pado.realtime.hub.Subscriber;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One client's WebSocket in the standard carrier: its messages go to the dialogue. The container puts them together and answers pings. */
final class SessionEndpoint extends Endpoint {

    private static final Logger LOG = Logger.getLogger(SessionEndpoint.class.getName());
    private static final int MAX_BYTES_OF_A_CHAR = 3;

    private final Subscriber subscriber;
    private final Dialogue dialogue;
    private final Allowance messages = new Allowance(BareSession.MAX_A_SECOND, System.nanoTime());
    private final Function<Session, SessionWebSocket> connections;
    private volatile SessionWebSocket connection;
    private volatile boolean over;

    /** @param connections makes the connection of a session */
    SessionEndpoint(Subscriber subscriber, Dialogue dialogue, Function<Session, SessionWebSocket> connections) {
        this.subscriber = subscriber;
        this.dialogue = dialogue;
        this.connections = connections;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        SessionWebSocket opened = connections.apply(session);
        connection = opened;
        // Heartbeats are sent by us, and find out who is gone.
        session.setMaxIdleTimeout(0);
        session.setMaxTextMessageBufferSize(dialogue.maxBytes());
        // No lambdas: the container looks for the type of messages in the handler's own class.
        session.addMessageHandler(String.class, new MessageHandler.Whole<String>() {
            @Override
            public void onMessage(String text) {
                said(opened, text);
            }
        });
        session.addMessageHandler(byte[].class, new MessageHandler.Whole<byte[]>() {
            @Override
            public void onMessage(byte[] bytes) {
                end(opened, CloseCodes.UNREADABLE, "send text");
            }
        });
        subscriber.open(opened);
    }

    private void end(SessionWebSocket opened, int code, String words) {
        over = true;
        opened.sayLast(code, words);
        subscriber.endAfterwards(CloseReason.GONE);
    }

    private void said(SessionWebSocket opened, String text) {
        if (over) {
            return;
        }
        int max = dialogue.maxBytes();
        // The container's own limit is a size of buffers.
        if (text.length() > max / MAX_BYTES_OF_A_CHAR && text.getBytes(StandardCharsets.UTF_8).length > max) {
            end(opened, CloseCodes.TOO_BIG, "a message may have " + max + " bytes");
        } else if (messages.takes(1, System.nanoTime())) {
            dialogue.said(subscriber, text);
        } else {
            over = true;
            subscriber.finish(CloseReason.FLOODING);
        }
    }

    @Override
    public void onClose(Session session, jakarta.websocket.CloseReason reason) {
        over = true;
        subscriber.peerIsGone();
        SessionWebSocket ended = connection;
        if (ended != null) {
            ended.gone();
        }
    }

    @Override
    public void onError(Session session, Throwable failure) {
        LOG.log(Level.FINE, "A WebSocket failed", failure);
    }
}
