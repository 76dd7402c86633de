package io.pado.realtime.carrier;

import io.pado.platform.BackgroundLoop;
import io.pado.realtime.stream.StreamConfig;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Waits, on one thread for all of them, until peers that did not take all that was written to them take more; one that takes nothing for
 * {@code pado.http.write.timeout} is given up. So a peer that does not read costs no thread, whatever the Java. Thread-safe.
 */
@ApplicationScoped
public class SlowPeers {

    private static final Logger LOG = Logger.getLogger(SlowPeers.class.getName());
    private static final long BETWEEN_LOOKS_MILLIS = 1_000;

    @Resource
    private ManagedThreadFactory threads;
    @Inject
    private StreamConfig config;

    private final BackgroundLoop loop = new BackgroundLoop("slow-peers", this::step);
    private final Queue<Wait> arrivals = new ConcurrentLinkedQueue<>();
    private Selector selector;
    private long longestNanos;
    private long nextLook; // of the loop only

    /** A peer that does not take what is written to it. */
    interface Peer {

        /** Its socket has room. @return bytes that it took of what was left; negative if nothing is left, or can be written any more */
        long takeMore();

        /** The peer took nothing for too long, or its connection is closed. */
        void giveUp();
    }

    /** How one peer is waited for; of the loop only, once it has arrived. */
    private static final class Wait {

        private final SocketChannel socket;
        private final Peer peer;
        private long lastProgress = System.nanoTime();

        Wait(SocketChannel socket, Peer peer) {
            this.socket = socket;
            this.peer = peer;
        }
    }

    void start(@Observes Startup startup) throws IOException {
        start(threads, Duration.ofSeconds(config.writeTimeoutSeconds()));
    }

    void start(ThreadFactory factory, Duration timeout) throws IOException {
        longestNanos = timeout.toNanos();
        selector = Selector.open();
        nextLook = System.nanoTime();
        loop.start(factory);
    }

    @PreDestroy
    void stop() {
        loop.stop();
        try {
            selector.close();
        } catch (IOException broken) {
            LOG.log(Level.WARNING, "The selector of slow peers could not be closed", broken);
        }
    }

    /** Has the peer called, on this object's thread, when its socket takes more, until it has nothing left to write or is given up. */
    void await(SocketChannel socket, Peer peer) {
        arrivals.add(new Wait(socket, peer));
        selector.wakeup();
    }

    /** One round: keys that were cancelled before are out of the selector now, so the same sockets can come again. */
    private long step() throws IOException {
        if (selector.keys().isEmpty()) {
            selector.select();
        } else {
            selector.select(BETWEEN_LOOKS_MILLIS);
        }
        for (Wait arrived = arrivals.poll(); arrived != null; arrived = arrivals.poll()) {
            register(arrived);
        }
        selector.selectedKeys().forEach(this::takeMore);
        selector.selectedKeys().clear();
        giveUpTheLate();
        return 0;
    }

    private void register(Wait arrived) {
        try {
            arrived.socket.register(selector, SelectionKey.OP_WRITE, arrived);
        } catch (ClosedChannelException | CancelledKeyException | IllegalBlockingModeException useless) {
            arrived.peer.giveUp();
        }
    }

    private void takeMore(SelectionKey ready) {
        Wait wait = (Wait) ready.attachment();
        try {
            long written = wait.peer.takeMore();
            if (written < 0) {
                ready.cancel();
            } else if (written > 0) {
                wait.lastProgress = System.nanoTime();
            }
        } catch (RuntimeException | OutOfMemoryError fault) {
            // All others wait on this thread too.
            LOG.log(Level.SEVERE, "A peer could not be written to and is given up", fault);
            ready.cancel();
            wait.peer.giveUp();
        }
    }

    private void giveUpTheLate() {
        long now = System.nanoTime();
        if (now - nextLook < 0) {
            return;
        }
        nextLook = now + TimeUnit.MILLISECONDS.toNanos(BETWEEN_LOOKS_MILLIS);
        for (SelectionKey key : selector.keys()) {
            Wait wait = (Wait) key.attachment();
            if (key.isValid() && now - wait.lastProgress > longestNanos) {
                key.cancel();
                wait.peer.giveUp();
            }
        }
    }
}
