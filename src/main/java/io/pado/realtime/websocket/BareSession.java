package io.pado.realtime.websocket;

import io.pado.realtime.CloseReason;
import io.pado.realtime.carrier.BareConnection;
import io.pado.realtime.hub.Subscriber;

/** What a client says on one WebSocket: its frames are put together, its pings answered, its messages handed to the dialogue. */
final class BareSession implements BareConnection.Listener, FrameReader.Listener {

    /** Messages and pings, which are answered. */
    static final int MAX_A_SECOND = 200;
    /** Frames of all kinds; a large message may be cut into many. */
    private static final int MAX_FRAMES_A_SECOND = 2_000;
    private static final int MAX_BYTES_A_SECOND = 8 * 1024 * 1024;
    /** Bytes that are passed over once nothing is listened to any more. */
    private static final int MAX_AFTERWARDS = 1024 * 1024;
    private static final int NO_CODE = 1005;

    private final Subscriber subscriber;
    private final BareWebSocket connection;
    private final Dialogue dialogue;
    private final Allowance messages = new Allowance(MAX_A_SECOND, System.nanoTime());
    private final Allowance frames = new Allowance(MAX_FRAMES_A_SECOND, System.nanoTime());
    private final Allowance bytes = new Allowance(MAX_BYTES_A_SECOND, System.nanoTime());
    private final UnfinishedMessages unfinished;
    private final FrameReader reader;
    private volatile boolean over;
    private int noted;
    private int afterwards;

    BareSession(Subscriber subscriber, BareWebSocket connection, Dialogue dialogue, UnfinishedMessages unfinished) {
        this.subscriber = subscriber;
        this.connection = connection;
        this.dialogue = dialogue;
        this.unfinished = unfinished;
        this.reader = new FrameReader(dialogue.maxBytes(), this);
    }

    @Override
    public void opened() {
        subscriber.open(connection);
    }

    @Override
    public boolean received(byte[] read, int count) {
        if (over) {
            // What was on its way is read, so that the client gets the close frame: closing with unread bytes resets the connection.
            afterwards += count;
            return afterwards <= MAX_AFTERWARDS;
        }
        if (admitted(bytes, count)) {
            hear(read, count);
        }
        if (over) {
            note(0);
            // The connection stays for a while, and this would with it, counted by nobody.
            reader.forget();
        }
        return true;
    }

    private void hear(byte[] read, int count) {
        try {
            int before = reader.ended();
            reader.read(read, count);
            if (reader.ended() != before) {
                // What is unfinished now has begun since.
                note(0);
            }
            note(over ? 0 : reader.unfinished());
        } catch (FrameReader.Violation broken) {
            end(broken.code(), broken.getMessage());
        }
    }

    @Override
    public void overrun() {
        end(CloseCodes.TRY_AGAIN_LATER, "you said more than could be heard");
        unfinished.note(this, 0);
    }

    @Override
    public void gone() {
        over = true;
        unfinished.note(this, 0);
        subscriber.peerIsGone();
    }

    /** @return address of the client */
    String address() {
        return connection.address();
    }

    /** The client's message did not end in time, unless its end may be in what waits to be heard. */
    void giveUpIfHeard() {
        if (connection.isHeard()) {
            end(CloseCodes.POLICY, "your message did not end");
            unfinished.note(this, 0);
        }
    }

    private void note(int size) {
        if (size == noted) {
            return;
        }
        noted = size;
        if (!unfinished.note(this, size)) {
            end(CloseCodes.TRY_AGAIN_LATER, "too many unfinished messages");
            unfinished.note(this, 0);
        }
    }

    @Override
    public boolean frame() {
        return admitted(frames, 1);
    }

    @Override
    public void text(String text) {
        if (admitted(messages, 1)) {
            dialogue.said(subscriber, text);
        }
    }

    @Override
    public void ping(byte[] payload) {
        if (admitted(messages, 1)) {
            subscriber.send(Frames.pong(payload));
        }
    }

    /** The client ends it, and is answered with its own code, after the answers to what it said before. */
    @Override
    public void closed(int code) {
        if (!over) {
            over = true;
            connection.sayLast(code == NO_CODE ? CloseCodes.NORMAL : code, "", false);
            subscriber.endAfterwards(CloseReason.GONE);
        }
    }

    /** After the last words nothing more is listened to, though the client may have sent it before it heard them. */
    private boolean admitted(Allowance allowance, int amount) {
        if (!over && !allowance.takes(amount, System.nanoTime())) {
            over = true;
            subscriber.finish(CloseReason.FLOODING);
        }
        return !over;
    }

    private synchronized void end(int code, String words) {
        if (over) {
            return;
        }
        over = true;
        connection.sayLast(code, words, true);
        subscriber.endAfterwards(CloseReason.GONE);
    }
}
