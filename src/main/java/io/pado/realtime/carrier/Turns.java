package io.pado.realtime.carrier;

import io.pado.platform.HeldBytes;
import io.pado.realtime.Hearers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Semaphore;

/**
 * Whose turn it is to be heard. What a peer says may wait for a store, and the server reads on, on the same thread, as long as the peer goes on. So few of its
 * threads hear at a time; what others say meanwhile is {@link Unheard}, and {@link Hearers} do that. Thread-safe.
 */
@ApplicationScoped
public class Turns {

    /** Threads of the server that hear at a time: a quarter of those that it always has ({@code executor} in {@code server.xml}). */
    static final int MOST = 8;
    /** Bytes of one peer that may be unheard; more than its longest message. */
    static final int MOST_OF_ONE = 512 * 1024;
    /** Bytes of all peers that may be unheard. */
    private static final long MOST_OF_ALL = 64L * 1024 * 1024;
    /** Bytes of all peers of one address that may be unheard. */
    static final long MOST_OF_ADDRESS = MOST_OF_ALL / 4;

    private final Hearers hearers;
    private final Semaphore free = new Semaphore(MOST);
    private final HeldBytes unheard = new HeldBytes(MOST_OF_ALL, MOST_OF_ADDRESS);

    @Inject
    public Turns(Hearers hearers) {
        this.hearers = hearers;
    }

    /** For the container's proxy only. */
    protected Turns() {
        this(null);
    }

    /** @return whether a thread of the server may hear a peer; then it must say when it has ended */
    public boolean begin() {
        return free.tryAcquire();
    }

    /** A thread of the server has heard a peer. */
    public void end() {
        free.release();
    }

    /** Has the next portion of a peer heard, after those that came before. */
    public void next(Unheard peer) {
        hearers.execute(peer);
    }

    /** @return counts what is unheard of a peer, whose client has this address */
    public HeldBytes.Holding unheardOf(String address) {
        return unheard.of(address);
    }
}
