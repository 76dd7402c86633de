package io.pado.realtime.carrier;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Hears what one peer says: at once if few others are heard, else when it has its turn. The container's reading thread calls; everybody may ask. */
final class Hearing {

    private static final int READ = 4_096;
    /** Reads of one peer within one turn: it may have something to say all the time, and others are to have their turn. */
    private static final int MOST_READS = 16;

    private final BareConnection.Listener listener;
    private final Turns turns;
    private final String address;
    private final BooleanSupplier broken;

    /** What the peer said while too many others were heard; null if there is nothing. Of the container's reading thread. */
    private volatile Unheard unheard;
    /** The container's reading thread hears the peer. */
    private volatile boolean hearing;

    /**
     * @param address of the peer's client
     * @param broken  whether the peer has gone, so that nothing more is read
     */
    Hearing(BareConnection.Listener listener, Turns turns, String address, BooleanSupplier broken) {
        this.listener = listener;
        this.turns = turns;
        this.address = address;
        this.broken = broken;
    }

    /** The container has something to be read. */
    void hear(ServletInputStream input) throws IOException {
        if (!isDone() || !turns.begin()) {
            hearLater(input);
            return;
        }
        try {
            unheard = null;
            hearing = true;
            hearNow(input);
        } finally {
            hearing = false;
            turns.end();
        }
    }

    /** @return whether nothing that the peer has said waits, for its turn or for what it asked for */
    boolean isDone() {
        Unheard before = unheard;
        return !hearing && (before == null || before.isDone());
    }

    /** @return whether the peer has gone, and there is something of it to be heard */
    boolean isAfterwards() {
        Unheard before = unheard;
        return before != null && before.isLast();
    }

    /** The peer has gone. @return whether its listener is told so once all has been heard; if not there is nothing to be heard */
    boolean endAfterwards() {
        Unheard before = unheard;
        return before != null && before.endAfterwards();
    }

    /** Ends right after a read if there is more: the container looks again by itself then, and forgets the byte that {@code isReady} takes (26.0.0.5). */
    private void hearNow(ServletInputStream input) throws IOException {
        byte[] bytes = new byte[READ];
        for (int reads = 0; reads < MOST_READS && !broken.getAsBoolean() && input.isReady(); reads++) {
            int count = input.read(bytes);
            // Who is heard no longer is not called again: the container waits for the rest to be read. So a peer that goes on to send keeps no thread.
            if (count < 0 || !listener.received(bytes, count)) {
                return;
            }
        }
    }

    /** It must be read all the same: the container calls again as soon as there is more, and what it was not asked for is lost (26.0.0.5). */
    private void hearLater(ServletInputStream input) throws IOException {
        byte[] bytes = new byte[READ];
        int count = !broken.getAsBoolean() && input.isReady() ? input.read(bytes) : 0;
        if (count > 0) {
            Unheard later = unheard == null ? new Unheard(listener, turns, address) : unheard;
            unheard = later;
            if (!later.add(bytes, count)) {
                listener.overrun();
            }
        }
    }
}
