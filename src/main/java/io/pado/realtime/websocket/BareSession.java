package io.pado.realtime.websocket;

import io.pado.platform.PerSecond;
import io.pado.realtime.CloseReason;
import io.pado.realtime.carrier.BareConnection;
import io.pado.realtime.hub.Subscriber;
import java.util.concurrent.TimeUnit;

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
    private final PerSecond messages;
    private final UnfinishedMessages unfinished;
    private final FrameReader reader;
    private volatile boolean over;
    private int noted;
    private long countedSecond;
    private int bytesOfSecond;
    private int afterwards;

    BareSession(Subscriber subscriber, BareWebSocket connection, Dialogue dialogue, PerSecond messages, UnfinishedMessages unfinished) {
        this.subscriber = subscriber;
        this.connection = connection;
        this.dialogue = dialogue;
        this.messages = messages;
        this.unfinished = unfinished;
        this.reader = new FrameReader(dialogue.maxBytes(), this);
    }

    @Override
    public void opened() {
        subscriber.open(connection);
    }

    @Override
    public boolean received(byte[] bytes, int count) {
        if (over) {
            // What was on its way is read, so that the client gets the close frame: closing with unread bytes resets the connection.
            afterwards += count;
            return afterwards <= MAX_AFTERWARDS;
        }
        if (!admittedBytes(count)) {
            return true;
        }
        try {
            reader.read(bytes, count);
            note(over ? 0 : reader.unfinished());
        } catch (FrameReader.Violation broken) {
            end(broken.code(), broken.getMessage());
            note(0);
        }
        return true;
    }

    @Override
    public void gone() {
        over = true;
        unfinished.note(this, 0);
        subscriber.peerIsGone();
    }

    /** The client's message did not end in time. */
    void giveUp() {
        end(CloseCodes.POLICY, "your message did not end");
        unfinished.note(this, 0);
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
        return admitted("frame ", MAX_FRAMES_A_SECOND);
    }

    @Override
    public void text(String text) {
        if (admitted("", MAX_A_SECOND)) {
            dialogue.said(subscriber, text);
        }
    }

    @Override
    public void ping(byte[] payload) {
        if (admitted("", MAX_A_SECOND)) {
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
    private boolean admitted(String kind, int most) {
        if (!over && !messages.within(kind + subscriber.id(), most)) {
            over = true;
            subscriber.finish(CloseReason.FLOODING);
        }
        return !over;
    }

    private boolean admittedBytes(int count) {
        long second = System.nanoTime() / TimeUnit.SECONDS.toNanos(1);
        bytesOfSecond = second == countedSecond ? bytesOfSecond + count : count;
        countedSecond = second;
        if (bytesOfSecond > MAX_BYTES_A_SECOND) {
            over = true;
            note(0);
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
