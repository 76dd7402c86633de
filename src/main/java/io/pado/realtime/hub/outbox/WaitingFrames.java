package io.pado.realtime.hub.outbox;

import io.pado.realtime.Frame;
import io.pado.realtime.Notice;
import io.pado.realtime.policy.SlowReaders;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The frames that wait in an {@link Outbox}, in order and within limits, and what the reader got of those that came and what it did not. Of one thread at
 * a time.
 */
final class WaitingFrames {

    /** Enough to fill a socket's buffer, little enough to notice the end of the outbox soon. */
    private static final int MAX_WRITE = 64 * 1024;

    private final OutboxLimits limits;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>(2);
    private int bytes;
    private int dropped;
    private int replaced;
    private int droppedBefore;
    private int replacedBefore;
    private long written;
    private long writtenBytes;
    private long lastEvent;
    private long lastNanos = System.nanoTime();
    private int cut;

    WaitingFrames(OutboxLimits limits) {
        this.limits = limits;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /**
     * Makes room where the rules for slow readers allow it.
     *
     * @return whether the frame may be added; if not it is counted as dropped
     */
    boolean admit(Frame frame, SlowReaders slowReaders) {
        if (slowReaders == SlowReaders.LATEST && limits.behind(frames.size(), bytes)) {
            removeOlder(frame.key());
        }
        if (limits.exceeded(frames.size() + 1, bytes + frame.bytes().length)) {
            dropped += frame.sequence() == Frame.UNNUMBERED ? 0 : 1;
            return false;
        }
        return true;
    }

    void add(Frame frame) {
        frames.add(frame);
        count(frame.bytes().length);
    }

    /** @return what goes out in one write; something waits */
    List<Frame> take() {
        if (frames.size() == 1) {
            note(frames.peek());
            count(-bytes);
            return List.of(frames.poll());
        }
        List<Frame> taken = new ArrayList<>(frames.size());
        int size = 0;
        do {
            Frame frame = frames.poll();
            note(frame);
            taken.add(frame);
            size += frame.bytes().length;
        } while (!frames.isEmpty() && size + frames.peek().bytes().length <= MAX_WRITE);
        count(-size);
        return taken;
    }

    /** Nothing of what waits is sent any more. */
    void cut() {
        cut = frames.size();
        frames.clear();
        count(-bytes);
    }

    /** @return what this reader did not get since the last time, once it keeps up again; until then nothing */
    Optional<Notice> lag() {
        if (dropped + replaced == 0 || limits.behind(frames.size(), bytes)) {
            return Optional.empty();
        }
        Notice lagged = Notice.lagged(dropped, replaced);
        droppedBefore += dropped;
        replacedBefore += replaced;
        dropped = 0;
        replaced = 0;
        return Optional.of(lagged);
    }

    ReaderState state() {
        return new ReaderState(lastEvent, written, writtenBytes, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastNanos), frames.size(), bytes,
                (long) droppedBefore + dropped, (long) replacedBefore + replaced, cut);
    }

    private void note(Frame frame) {
        written++;
        writtenBytes += frame.bytes().length;
        lastEvent = frame.sequence() == Frame.UNNUMBERED ? lastEvent : frame.sequence();
        lastNanos = System.nanoTime();
    }

    private void removeOlder(String key) {
        if (key.isEmpty()) {
            return;
        }
        for (Iterator<Frame> each = frames.iterator(); each.hasNext();) {
            Frame older = each.next();
            if (older.key().equals(key)) {
                count(-older.bytes().length);
                each.remove();
                replaced++;
            }
        }
    }

    private void count(int more) {
        bytes += more;
        limits.count(more);
    }
}
