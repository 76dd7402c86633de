package io.pado.bench;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One connection of a reader: connects, sends its request, checks the answer's head, says hello if the server wants
 * that, and counts as open when the greeting has come. Then it hands each message to the crowd's tally. Belongs to the
 * loop's thread.
 */
final class Reader implements Loop.Handler {
    private enum State { CONNECTING, HEAD, GREETING, OPEN, CLOSED }

    private final Crowd crowd;
    private final SocketChannel channel;
    private final Endpoint endpoint;
    private final int number;
    private final long startedNanos = System.nanoTime();
    private final Seen seen = new Seen();
    private ResponseHead head = new ResponseHead();
    private Body body;
    private SelectionKey key;
    private State state = State.CONNECTING;

    /** Reader {@code number} of {@code endpoint}, whose connection is under way on {@code channel}. */
    Reader(Crowd crowd, SocketChannel channel, Endpoint endpoint, int number) {
        this.crowd = crowd;
        this.channel = channel;
        this.endpoint = endpoint;
        this.number = number;
    }

    @Override
    public void ready(SelectionKey selected) {
        try {
            if (state == State.CONNECTING) {
                key = selected;
                finishConnect();
            } else if (state != State.CLOSED) {
                read();
            }
        } catch (IOException e) {
            end(e);
        }
    }

    /** Whether the handshake has not come to an end, good or bad. */
    boolean underWay() {
        return state != State.OPEN && state != State.CLOSED;
    }

    /** Ends the handshake with an error if it is older than {@code limitNanos} and still under way. */
    void endIfOlderThan(long limitNanos) {
        if (underWay() && System.nanoTime() - startedNanos > limitNanos) {
            end(new IOException("not open in time, stuck in " + state));
        }
    }

    /** Reads no more, or goes on to read what waits; the connection stays. */
    void read(boolean on) {
        if (state == State.OPEN) {
            key.interestOps(on ? SelectionKey.OP_READ : 0);
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

    private void finishConnect() throws IOException {
        channel.finishConnect();
        write(endpoint.request(number));
        state = State.HEAD;
        key.interestOps(SelectionKey.OP_READ);
    }

    /** All that readers write is small and rare, so a socket that does not take it at once is broken. */
    private void write(byte[] bytes) throws IOException {
        if (channel.write(ByteBuffer.wrap(bytes)) < bytes.length) {
            throw new IOException("the socket's buffer does not take " + bytes.length + " bytes");
        }
    }

    private void read() throws IOException {
        int length = crowd.fill(channel);
        if (length < 0) {
            throw new IOException("closed by the server");
        }
        int from = state == State.HEAD ? readHead(length) : 0;
        if (from < length) {
            body.feed(crowd.bytes(), from, length);
        }
    }

    private int readHead(int length) throws IOException {
        int bodyAt = head.feed(crowd.bytes(), 0, length);
        if (head.complete()) {
            body = endpoint.transport().open(head, new MessageMarks(endpoint.greeting(), endpoint.unmarked(), this::message), this::write);
            head = null;
            state = State.GREETING;
            if (!endpoint.hello().isEmpty()) {
                write(endpoint.transport().text(endpoint.hello()));
            }
            if (endpoint.greeting().isEmpty()) {
                opened();
            }
        }
        return bodyAt;
    }

    private void message(long seq, long nanos, boolean greeting) {
        if (greeting) {
            opened();
        }
        crowd.event(seen, seq, nanos);
    }

    private void opened() {
        state = State.OPEN;
        crowd.opened(System.nanoTime() - startedNanos);
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
