package io.pado.realtime.hub.outbox;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import io.pado.realtime.Frame;
import io.pado.realtime.Notice;
import io.pado.realtime.policy.SlowReaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What waits to be written to one reader: a bounded queue with one writer at a time. Offering never blocks and never writes on
 * the caller's thread; a reader that does not read costs its own queue, nothing else. Frames that pile
 * up while a write is under way go out joined in the next one. When nothing waits, the writer asks the sources for more. Nothing is
 * written before {@link #open}. After {@link #end} nothing more is written, and the connection is closed by the writer, because
 * closing has to wait for what is being written.
 */
public final class Outbox implements Runnable {

    private final Executor writers;
    private final Consumer<CloseReason> onEnd;

    // All guarded by this.
    private final WaitingFrames waiting;
    private List<Source> sources = List.of();
    private Connection connection;
    private boolean writing;
    private CloseReason finishing;
    private CloseReason ended;
    private boolean closed;

    /**
     * What a writer does next: write, draw from a source, or one of the two constants.
     *
     * @param source null to write
     */
    private record Step(List<Frame> frames, Source source) {

        private static final Step CLOSE = new Step(List.of(), null);
        private static final Step REST = new Step(List.of(), null);
    }

    /** Frames that are made when there is room for them, such as those of a long replay. */
    public interface Source {

        /** @return what is to be written next; empty when there is no more. Runs on a writer thread, and may wait for a store. */
        List<Frame> next();

        /** @return whether nothing of it is wanted any more; it is forgotten then, though its turn has not come */
        default boolean isOver() {
            return false;
        }

        /** Others are written before it, for as long as the reader likes: it must not keep much meanwhile. Must not block. */
        default void waits() {
        }
    }

    /** @param onEnd runs once, by a writer, before the connection is closed */
    public Outbox(Executor writers, OutboxLimits limits, Consumer<CloseReason> onEnd) {
        this.writers = writers;
        this.waiting = new WaitingFrames(limits);
        this.onEnd = onEnd;
    }

    /**
     * Queues frames; those of one call go out in one write, unless that gets too long.
     *
     * @return false if the reader is so slow that its connection must end
     */
    public boolean offer(List<Frame> frames, SlowReaders slowReaders) {
        synchronized (this) {
            for (Frame frame : frames) {
                if (!queue(frame, slowReaders)) {
                    return false;
                }
            }
        }
        wake();
        return true;
    }

    /**
     * Queues a frame that goes out once the writer is woken.
     *
     * @return false if the reader is so slow that its connection must end
     */
    public synchronized boolean queue(Frame frame, SlowReaders slowReaders) {
        if (ended != null || finishing != null) {
            return true;
        }
        if (!waiting.admit(frame, slowReaders)) {
            return slowReaders == SlowReaders.LIVE;
        }
        add(frame);
        return true;
    }

    /** Has what waits written. */
    void wake() {
        // Not under the lock, which is the first thing that the writer wants.
        if (claimsWriter()) {
            writers.execute(this);
        }
    }

    /** @return whether the caller must have this run by a writer: there is something to do, and no writer does it yet */
    public synchronized boolean claimsWriter() {
        boolean claimed = !writing && hasWork();
        writing |= claimed;
        return claimed;
    }

    /** Drops what waits and has the connection closed. Only the first reason counts. */
    public void end(CloseReason reason) {
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = reason;
            waiting.cut();
        }
        wake();
    }

    /**
     * Has what waits written, then a last frame if there is one, and then the connection closed. If nothing can be written yet, it is closed at once
     * instead of the last frame; without one that waits until something can.
     */
    public void finish(Optional<Frame> last, CloseReason reason) {
        boolean silently;
        synchronized (this) {
            silently = connection == null && last.isPresent();
            if (!silently && ended == null && finishing == null) {
                finishing = reason;
                last.ifPresent(this::add);
            }
        }
        if (silently) {
            end(reason);
        } else {
            wake();
        }
    }

    /** The connection can be written to from now on; it is closed at once if all has ended meanwhile. */
    public void open(Connection given) {
        boolean late;
        synchronized (this) {
            connection = given;
            late = closed;
        }
        if (late) {
            given.close(ended);
        } else {
            wake();
        }
    }

    /** @return what this reader did not get since the last time, once it keeps up again; until then nothing */
    public synchronized Optional<Notice> lag() {
        return waiting.lag();
    }

    public synchronized ReaderState state() {
        return waiting.state();
    }

    public synchronized boolean hasOpened() {
        return connection != null;
    }

    public synchronized boolean hasEnded() {
        return closed;
    }

    /** Has a source's frames written, after those of the sources before it. */
    public void feed(Source source) {
        synchronized (this) {
            List<Source> more = new ArrayList<>(sources);
            more.removeIf(Source::isOver);
            if (!more.isEmpty()) {
                source.waits();
            }
            more.add(source);
            sources = more;
        }
        wake();
    }

    /**
     * Writes until nothing waits or the reader takes no more; runs on a writer thread, once at a time. A fault ends the connection, and is the
     * pool's to tell.
     */
    @Override
    public void run() {
        boolean fault = true;
        try {
            writeAll();
            fault = false;
        } finally {
            if (fault) {
                end(CloseReason.FAULT);
                writeAll();
            }
        }
    }

    private void writeAll() {
        for (Step step = next(); step != Step.REST; step = next()) {
            if (step == Step.CLOSE) {
                close();
                return;
            }
            if (step.source() != null) {
                draw(step.source());
            } else if (!write(step.frames())) {
                return;
            }
        }
    }

    /** Decides what the writer does now. After {@link Step#CLOSE} it never wakes again. */
    private synchronized Step next() {
        if (ended != null || finishing != null && waiting.isEmpty()) {
            ended = ended == null ? finishing : ended;
            sources = List.of();
            return Step.CLOSE;
        }
        if (!waiting.isEmpty()) {
            return new Step(waiting.take(), null);
        }
        if (!sources.isEmpty()) {
            return new Step(List.of(), sources.get(0));
        }
        writing = false;
        return Step.REST;
    }

    /** @return whether this writer may go on; if not another one does once the reader has taken all of it */
    private boolean write(List<Frame> frames) {
        try {
            return connection.write(frames, this::writeOn);
        } catch (IOException peerIsGone) {
            end(CloseReason.GONE);
            return true;
        }
    }

    private void close() {
        Connection open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = connection;
        }
        try {
            onEnd.accept(ended);
        } finally {
            if (open != null) {
                open.close(ended);
            }
        }
    }

    private void writeOn() {
        writers.execute(this);
    }

    private void draw(Source source) {
        List<Frame> frames = source.next();
        synchronized (this) {
            if (frames.isEmpty()) {
                sources = sources.stream().filter(each -> each != source).toList();
            } else if (ended == null && finishing == null) {
                frames.stream().takeWhile(frame -> finishing == null).forEach(this::add);
            }
        }
    }

    /** After the last frame of a stream nothing more is taken in. */
    private void add(Frame frame) {
        waiting.add(frame);
        if (frame.last()) {
            finishing = CloseReason.COMPLETED;
        }
    }

    private boolean hasWork() {
        return ended != null || connection != null && !(waiting.isEmpty() && sources.isEmpty() && finishing == null);
    }
}
