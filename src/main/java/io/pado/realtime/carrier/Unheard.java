package io.pado.realtime.carrier;

import io.pado.platform.HeldBytes;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** What one peer has said and nobody has heard yet: it is heard in order, some portions at a time, and other peers have their turn in between. Thread-safe. */
final class Unheard implements Runnable {

    /** Some short messages. */
    private static final int PORTION = 512;
    /** What a portion takes beside its bytes. */
    private static final int BESIDE = 64;
    /** Portions that wait for nothing are heard one after the other for so long: parts of a long message, before others have their turn. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final BareConnection.Listener listener;
    private final Turns turns;
    private final HeldBytes.Holding held;

    // Guarded by this.
    /** Linked, so that it keeps no memory for what was heard. */
    private final Queue<byte[]> portions = new LinkedList<>();
    private int size;
    private boolean hearing;
    private boolean last;

    /** @param address of the peer's client */
    Unheard(BareConnection.Listener listener, Turns turns, String address) {
        this.listener = listener;
        this.turns = turns;
        this.held = turns.unheardOf(address);
    }

    /** @return whether it may wait; if not nothing that waits is heard any more */
    boolean add(byte[] said, int count) {
        boolean first;
        synchronized (this) {
            int more = 0;
            for (int from = 0; from < count; from += PORTION) {
                byte[] portion = Arrays.copyOfRange(said, from, Math.min(count, from + PORTION));
                portions.add(portion);
                more += portion.length + BESIDE;
            }
            if (!resize(more)) {
                portions.clear();
                resize(-size);
                return false;
            }
            first = !hearing;
            hearing = true;
        }
        if (first) {
            turns.next(this);
        }
        return true;
    }

    /** @return whether all has been heard */
    synchronized boolean isDone() {
        return !hearing;
    }

    /** The peer has gone. @return whether its listener is told so once all has been heard; if not there is nothing to be heard */
    synchronized boolean endAfterwards() {
        last |= hearing;
        return hearing;
    }

    /** @return whether the peer has gone, and there is something of it to be heard */
    synchronized boolean isLast() {
        return hearing && last;
    }

    /** Hears the next portions. */
    @Override
    public void run() {
        long end = System.nanoTime() + TURN_NANOS;
        boolean fault = true;
        try {
            byte[] portion;
            do {
                portion = take();
                if (portion != null) {
                    listener.received(portion, portion.length);
                }
            } while (portion != null && System.nanoTime() - end < 0);
            fault = false;
        } finally {
            boolean more = isMore();
            if (fault || !more && isGone()) {
                listener.gone();
            }
            if (more) {
                turns.next(this);
            }
        }
    }

    private synchronized byte[] take() {
        byte[] portion = portions.poll();
        if (portion != null) {
            resize(-portion.length - BESIDE);
        }
        return portion;
    }

    /** Guarded by this. @return whether so much may wait, here, of all peers of the address, and of all */
    private boolean resize(int more) {
        size += more;
        return held.hold(size) && size <= Turns.MOST_OF_ONE;
    }

    private synchronized boolean isGone() {
        return last;
    }

    private synchronized boolean isMore() {
        hearing = !portions.isEmpty();
        return hearing;
    }
}
