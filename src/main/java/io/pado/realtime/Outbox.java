package io.pado.realtime;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What waits to be written to one reader: a bounded queue with one writer at a time. Offering never blocks and never writes on
 * the caller's thread; a reader that does not read costs its own queue and one waiting writer, nothing else. Frames that pile
 * up while a write is under way go out joined in the next one. After {@link #end} nothing more is written, and the connection is
 * closed by the writer, because closing may have to wait for a write to give up.
 */
final class Outbox implements Runnable {

    /** Enough to fill a socket's buffer, little enough to notice the end of the outbox soon. */
    private static final int MAX_WRITE = 64 * 1024;

    private final Connection connection;
    private final Executor writers;
    private final OutboxLimits limits;

    // All guarded by this.
    private final ArrayDeque<Frame> waiting = new ArrayDeque<>(2);
    private int waitingBytes;
    private boolean writing;
    private CloseReason finishing;
    private CloseReason ended;

    Outbox(Connection connection, Executor writers, OutboxLimits limits) {
        this.connection = connection;
        this.writers = writers;
        this.limits = limits;
    }

    /**
     * Queues frames; those of one call go out in one write, unless that gets too long.
     *
     * @return false if the reader is so slow that its connection must end
     */
    synchronized boolean offer(List<Frame> frames, Continuity continuity) {
        if (ended != null || finishing != null) {
            return true;
        }
        for (Frame frame : frames) {
            if (!queue(frame, continuity)) {
                return false;
            }
        }
        if (!waiting.isEmpty()) {
            wakeWriter();
        }
        return true;
    }

    private boolean queue(Frame frame, Continuity continuity) {
        if (continuity == Continuity.LATEST && limits.behind(waiting.size(), waitingBytes)) {
            removeOlder(frame.key());
        }
        if (limits.exceeded(waiting.size() + 1, waitingBytes + frame.bytes().length)) {
            return continuity == Continuity.LIVE;
        }
        waiting.add(frame);
        waitingBytes += frame.bytes().length;
        return true;
    }

    /** Drops what waits and has the connection closed. Only the first reason counts. */
    synchronized void end(CloseReason reason) {
        if (ended == null) {
            ended = reason;
            waiting.clear();
            waitingBytes = 0;
            wakeWriter();
        }
    }

    /** Has what waits written, then one last frame, and then the connection closed. */
    synchronized void finish(Frame last, CloseReason reason) {
        if (ended == null && finishing == null) {
            finishing = reason;
            waiting.add(last);
            waitingBytes += last.bytes().length;
            wakeWriter();
        }
    }

    /** Writes until nothing waits; runs on a writer thread, once at a time. */
    @Override
    public void run() {
        for (byte[] bytes = next(); bytes != null; bytes = next()) {
            try {
                connection.write(bytes);
            } catch (IOException peerIsGone) {
                end(CloseReason.GONE);
            }
        }
    }

    private byte[] next() {
        CloseReason reason;
        synchronized (this) {
            if (ended == null && (finishing == null || !waiting.isEmpty())) {
                writing = !waiting.isEmpty();
                return writing ? take() : null;
            }
            ended = ended == null ? finishing : ended;
            reason = ended;
        }
        connection.close(reason);
        return null;
    }

    private byte[] take() {
        Frame first = waiting.poll();
        int size = first.bytes().length;
        if (waiting.isEmpty()) {
            waitingBytes = 0;
            return first.bytes();
        }
        int frames = 0;
        for (Frame frame : waiting) {
            if (size + frame.bytes().length > MAX_WRITE) {
                break;
            }
            size += frame.bytes().length;
            frames++;
        }
        return join(first, frames, size);
    }

    private byte[] join(Frame first, int more, int size) {
        byte[] joined = new byte[size];
        int at = first.bytes().length;
        System.arraycopy(first.bytes(), 0, joined, 0, at);
        for (int i = 0; i < more; i++) {
            byte[] bytes = waiting.poll().bytes();
            System.arraycopy(bytes, 0, joined, at, bytes.length);
            at += bytes.length;
        }
        waitingBytes -= size;
        return joined;
    }

    private void removeOlder(String key) {
        if (key.isEmpty()) {
            return;
        }
        for (Iterator<Frame> frames = waiting.iterator(); frames.hasNext();) {
            Frame older = frames.next();
            if (older.key().equals(key)) {
                waitingBytes -= older.bytes().length;
                frames.remove();
            }
        }
    }

    private void wakeWriter() {
        if (!writing) {
            writing = true;
            writers.execute(this);
        }
    }
}
