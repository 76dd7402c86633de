package io.pado.realtime.websocket;

import io.pado.platform.PerSecond;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Subscriber;
import io.pado.realtime.stream.BareConnection;

/** What a client says on one WebSocket: its frames are put together, its pings answered, its messages handed to the dialogue. */
final class Session implements BareConnection.Listener, FrameReader.Listener {

    private static final int MOST_A_SECOND = 200;
    private static final int NORMAL = 1000;
    private static final int NOT_UNDERSTOOD = 1003;
    private static final int NO_CODE = 1005;

    private final Subscriber subscriber;
    private final WebSocketConnection connection;
    private final BareConnection carrier;
    private final Dialogue dialogue;
    private final PerSecond messages;
    private final FrameReader reader;
    private boolean over;

    Session(Subscriber subscriber, WebSocketConnection connection, BareConnection carrier, Dialogue dialogue, PerSecond messages) {
        this.subscriber = subscriber;
        this.connection = connection;
        this.carrier = carrier;
        this.dialogue = dialogue;
        this.messages = messages;
        this.reader = new FrameReader(dialogue.mostBytes(), this);
    }

    @Override
    public void opened() {
        connection.carriedBy(carrier);
        subscriber.open();
    }

    @Override
    public void received(byte[] bytes, int count) {
        try {
            if (!over) {
                reader.read(bytes, count);
            }
        } catch (FrameReader.Violation broken) {
            end(broken.code(), broken.getMessage(), true);
        }
    }

    @Override
    public void gone() {
        subscriber.peerIsGone();
    }

    @Override
    public void text(String text) {
        if (admitted()) {
            dialogue.said(subscriber, text);
        }
    }

    @Override
    public void binary() {
        end(NOT_UNDERSTOOD, "send text", true);
    }

    @Override
    public void ping(byte[] payload) {
        if (admitted()) {
            subscriber.send(Frames.pong(payload));
        }
    }

    /** The client ends it, and is answered with its own code. */
    @Override
    public void closed(int code) {
        end(code == NO_CODE ? NORMAL : code, "", false);
    }

    /** After the last words nothing more is listened to, though the client may have sent it before it heard them. */
    private boolean admitted() {
        if (!over && !messages.within(subscriber.id(), MOST_A_SECOND)) {
            over = true;
            subscriber.finish(CloseReason.FLOODING);
        }
        return !over;
    }

    private void end(int code, String words, boolean faulty) {
        if (over) {
            return;
        }
        over = true;
        connection.sayLast(code, words, faulty);
        subscriber.end(CloseReason.GONE);
    }
}
