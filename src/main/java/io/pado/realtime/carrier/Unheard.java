package io.pado.realtime.carrier;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** What one peer has said and nobody has heard yet: it is heard in order, a portion at a time, and other peers have their turn in between. Thread-safe. */
final class Unheard implements Runnable {

    /** Some short messages. */
    private static final int PORTION = 512;

    private final BareConnection.Listener listener;
    private final Turns turns;

    // Guarded by this.
    private final Queue<byte[]> portions = new ArrayDeque<>();
    private int bytes;
    private boolean hearing;

    Unheard(BareConnection.Listener listener, Turns turns) {
        this.listener = listener;
        this.turns = turns;
    }

    /** @return whether it may wait; if not nothing that waits is heard any more */
    boolean add(byte[] said, int count) {
        boolean first;
        synchronized (this) {
            bytes += count;
            if (!turns.count(count) || bytes > Turns.MOST_OF_ONE) {
                turns.count(-bytes);
                bytes = 0;
                portions.clear();
                return false;
            }
            for (int from = 0; from < count; from += PORTION) {
                portions.add(Arrays.copyOfRange(said, from, Math.min(count, from + PORTION)));
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
            bytes -= portion.length;
            turns.count(-portion.length);
        }
        return portion;
    }

    private synchronized boolean isMore() {
        hearing = !portions.isEmpty();
        return hearing;
    }
}
