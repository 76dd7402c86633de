package io.pado.realtime.carrier;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** What one peer has said and nobody has heard yet: it is heard in order, a portion at a time, and other peers have their turn in between. Thread-safe. */
final class Unheard implements Runnable {

    /** Some short messages. */
    private static final int PORTION = 512;
    /** What a portion takes beside its bytes. */
    private static final int BESIDE = 64;

    private final BareConnection.Listener listener;
    private final Turns turns;

    // Guarded by this.
    private final Queue<byte[]> portions = new ArrayDeque<>();
    private int size;
    private boolean hearing;

    Unheard(BareConnection.Listener listener, Turns turns) {
        this.listener = listener;
        this.turns = turns;
    }

    /** @return whether it may wait; if not nothing that waits is heard any more */
    boolean add(byte[] said, int count) {
        boolean first;
        boolean mayWait = true;
        synchronized (this) {
            for (int from = 0; from < count; from += PORTION) {
                byte[] portion = Arrays.copyOfRange(said, from, Math.min(count, from + PORTION));
                portions.add(portion);
                mayWait = resize(portion.length + BESIDE);
            }
            if (!mayWait) {
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

    /** Hears the next portion. */
    @Override
    public void run() {
        byte[] portion = take();
        boolean fault = true;
        try {
            if (portion != null) {
                listener.received(portion, portion.length);
            }
            fault = false;
        } finally {
            if (fault) {
                listener.gone();
            }
            if (isMore()) {
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

    /** Guarded by this. @return whether so much may wait, here and of all peers */
    private boolean resize(int more) {
        size += more;
        return turns.count(more) && size <= Turns.MOST_OF_ONE;
    }

    private synchronized boolean isMore() {
        hearing = !portions.isEmpty();
        return hearing;
    }
}
