package io.pado.realtime.stream;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.TcpTable;
import io.pado.platform.TcpTable.Peer;
import io.pado.realtime.hub.Subscriber;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Forgets those whose cable was cut. Heartbeats give the kernel something to send; a peer that does not acknowledge for
 * {@value #RETRANSMITS} attempts, about 13 s, is gone. With a heartbeat every 12 s that is within 35 s (spec 0-common). Where the system has no
 * such table, a dead peer is noticed when the system gives up its connection.
 */
@ApplicationScoped
public class SilentPeers {

    private static final int RETRANSMITS = 6;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(4);

    @Resource
    private ManagedThreadFactory threads;

    private final ConcurrentMap<Subscriber, Peer> peers = new ConcurrentHashMap<>();

    // Of the loop only: as they were at the last look.
    private OptionalLong timeouts = OptionalLong.empty();
    private boolean growing;

    private final BackgroundLoop loop = new BackgroundLoop("silent-peers", this::look);

    void start(@Observes Startup startup) {
        if (TcpTable.exists()) {
            loop.start(threads);
        }
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /** Watches over a subscriber's connection. @return must be run when it has ended */
    Runnable watch(StreamClient client, Subscriber subscriber) {
        peers.put(subscriber, Peer.of(client.peer(), client.port()));
        return () -> peers.remove(subscriber);
    }

    private long look() {
        OptionalLong now = TcpTable.timeouts();
        boolean grew = now.isEmpty() || !now.equals(timeouts);
        // Once more after the last timeout: the kernel counts it a moment before the table shows it.
        Set<Peer> silent = peers.isEmpty() || !(grew || growing) ? Set.of() : TcpTable.silent(RETRANSMITS);
        timeouts = now;
        growing = grew;
        if (!silent.isEmpty()) {
            // Over HTTP/2 several streams share a connection.
            peers.forEach((subscriber, peer) -> {
                if (silent.contains(peer)) {
                    subscriber.peerIsGone();
                }
            });
        }
        return BETWEEN_LOOKS.toMillis();
    }
}
