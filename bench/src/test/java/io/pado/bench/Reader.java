package io.pado.bench;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One event-stream connection: connects, sends its request, checks the answer's head, and counts as open when its
 * first event has come (a greeting, which every server under test sends). Then it hands each event to the crowd's
 * tally. Belongs to the loop's thread.
 */
final class Reader implements Loop.Handler {
    private enum State { CONNECTING, HEAD, GREETING, OPEN, CLOSED }

    private final Crowd crowd;
    private final SocketChannel channel;
    private final byte[] request;
    private final long startedNanos = System.nanoTime();
    private final EventParser events = new EventParser(this::event);
    private final Seen seen = new Seen();
    private ResponseHead head = new ResponseHead();
    private ChunkedBody chunks;
    private State state = State.CONNECTING;

    /** A connection under way on {@code channel} that will send {@code request}. */
    Reader(Crowd crowd, SocketChannel channel, byte[] request) {
        this.crowd = crowd;
        this.channel = channel;
        this.request = request;
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            if (state == State.CONNECTING) {
                finishConnect(key);
            } else if (state != State.CLOSED) {
                read();
            }
        } catch (IOException e) {
            end(e);
        }
    }

    /** Ends the handshake with an error if it is older than {@code limitNanos} and still under way. */
    void endIfOlderThan(long limitNanos) {
        boolean underWay = state != State.OPEN && state != State.CLOSED;
        if (underWay && System.nanoTime() - startedNanos > limitNanos) {
            end(new IOException("no first event in time, stuck in " + state));
        }
    }

    /** Closes the connection on purpose: with a reset, or as usual (FIN). */
    void close(boolean reset) throws IOException {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        if (reset) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        channel.close();
    }

    boolean open() {
        return state == State.OPEN;
    }

    Seen seen() {
        return seen;
    }

    private void finishConnect(SelectionKey key) throws IOException {
        channel.finishConnect();
        if (channel.write(ByteBuffer.wrap(request)) < request.length) {
            throw new IOException("the request does not fit into an empty socket buffer");
        }
        state = State.HEAD;
        key.interestOps(SelectionKey.OP_READ);
    }

    private void read() throws IOException {
        int length = crowd.fill(channel);
        if (length < 0) {
            throw new IOException("closed by the server");
        }
        int from = state == State.HEAD ? readHead(length) : 0;
        if (from == length || state == State.CLOSED) {
            return;
        }
        if (chunks == null) {
            events.accept(crowd.bytes(), from, length);
        } else {
            chunks.feed(crowd.bytes(), from, length, events);
            if (chunks.done()) {
                throw new IOException("stream ended by the server");
            }
        }
    }

    private int readHead(int length) throws IOException {
        int bodyAt = head.feed(crowd.bytes(), 0, length);
        if (head.complete()) {
            boolean stream = head.header("content-type").startsWith("text/event-stream");
            if (head.status() != 200 || !stream) {
                throw new IOException("status " + head.status() + ", " + head.header("content-type"));
            }
            chunks = head.chunked() ? new ChunkedBody() : null;
            head = null;
            state = State.GREETING;
        }
        return bodyAt;
    }

    private void event(long seq, long nanos) {
        if (state == State.GREETING) {
            state = State.OPEN;
            crowd.opened(System.nanoTime() - startedNanos);
        }
        crowd.event(seen, seq, nanos);
    }

    private void end(IOException cause) {
        boolean wasOpen = state == State.OPEN;
        state = State.CLOSED;
        try {
            channel.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        crowd.ended(wasOpen, cause);
    }
}
