package io.pado.realtime.websocket;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Subscriber;
import io.pado.realtime.stream.BareConnection;

/** What a client says on one WebSocket: its frames are put together, its pings answered, its messages run as commands. */
final class LiveSession implements BareConnection.Listener, FrameReader.Listener {

    private static final int NORMAL = 1000;
    private static final int NOT_UNDERSTOOD = 1003;
    private static final int NO_CODE = 1005;

    private final Subscriber subscriber;
    private final WebSocketConnection connection;
    private final LiveCommands commands;
    private final FrameReader reader;
    private boolean over;

    LiveSession(Subscriber subscriber, WebSocketConnection connection, LiveCommands commands, int mostBytes) {
        this.subscriber = subscriber;
        this.connection = connection;
        this.commands = commands;
        this.reader = new FrameReader(mostBytes, this);
    }

    @Override
    public void opened() {
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
            commands.run(subscriber, text);
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
        over = over || !commands.admit(subscriber);
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
