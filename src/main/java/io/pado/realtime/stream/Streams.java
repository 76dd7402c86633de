package io.pado.realtime.stream;

import io.pado.platform.problem.ProblemException;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Renewals;
import io.pado.realtime.StreamClosed;
import io.pado.realtime.StreamOpened;
import io.pado.realtime.Wire;
import io.pado.realtime.hub.Hub;
import io.pado.realtime.hub.Subscriber;
import io.pado.realtime.log.LogUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The open streams of this node, whatever their transport: lets them in within the limits. */
@ApplicationScoped
public class Streams {

    private static final long NANOS_TO_OPEN = TimeUnit.SECONDS.toNanos(10);

    @Inject
    private Hub hub;
    @Inject
    private Executor writers;
    @Inject
    private Renewals renewals;
    @Inject
    private StreamLimits limits;
    @Inject
    private SilentPeers silent;
    @Inject
    private StreamConfig config;
    @Inject
    private Visits visits;
    @Inject
    private Event<StreamOpened> opened;
    @Inject
    private Event<StreamClosed> closed;

    private final Map<Subscriber, Long> opening = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * Takes a place for a stream that will open soon.
     *
     * @throws ProblemException 429 if there are too many, 503 if this node lets nobody in
     */
    public StreamPlace place(StreamClient client) {
        if (stopping) {
            throw ProblemException.unavailable("This server stops; connect again, and another one will answer.");
        }
        return new StreamPlace(client, limits.admit(client.caller(), client.counted()));
    }

    /**
     * Lets a stream in.
     *
     * @param id      unique name of the connection
     * @param onClose runs once, after the stream has ended
     * @return the subscriber, which listens to nothing yet and whose frames wait until it is opened
     * @throws ProblemException 429 if there are too many, 503 if a store does not answer
     */
    public Subscriber enter(String id, StreamClient client, Wire wire, Runnable onClose) {
        try (StreamPlace place = place(client)) {
            return enter(id, place, wire, onClose);
        }
    }

    /**
     * Lets a stream in that has its place already.
     *
     * @return as above
     * @throws ProblemException 503 if a store does not answer
     */
    public Subscriber enter(String id, StreamPlace place, Wire wire, Runnable onClose) {
        StreamClient client = place.client();
        Runnable release = place.use();
        Subscriber subscriber = new Subscriber(id, client.caller(), wire, writers, config.limits());
        if (client.caller().userId().isEmpty()) {
            subscriber.countsIn(config.topicShares().of(client.counted()));
        }
        boolean known = false;
        try {
            if (client.caller().userId().isPresent()) {
                renewals.opened(id, client.caller());
            }
            visits.entered(subscriber, client);
            Runnable unwatch = silent.watch(client, subscriber);
            subscriber.onEnd(reason -> {
                unwatch.run();
                release.run();
                visits.left(subscriber, reason);
                hub.leave(subscriber);
                closed.fire(new StreamClosed(id, subscriber.caller(), client.endpoint(), reason));
                onClose.run();
            });
            hub.enter(subscriber);
            opening.put(subscriber, System.nanoTime());
            known = true;
            opened.fire(new StreamOpened(id, client.caller(), client.endpoint()));
            if (stopping) {
                // It may have come too late to be told with the others.
                subscriber.finish(CloseReason.STOPPING);
            }
            return subscriber;
        } catch (LogUnavailable unavailable) {
            throw ProblemException.unavailable("Live updates cannot be joined right now; try again in a few seconds.");
        } finally {
            if (!known) {
                release.run();
            }
        }
    }

    /** Forgets those that were let in, but whose connection did not come to be open in time. */
    void giveUpUnopened() {
        long now = System.nanoTime();
        opening.forEach((subscriber, since) -> {
            if (subscriber.hasOpened()) {
                opening.remove(subscriber);
            } else if (now - since > NANOS_TO_OPEN) {
                opening.remove(subscriber);
                subscriber.peerIsGone();
            }
        });
    }

    /** From now on each stream is refused, with words that send its client to another node. */
    void letNobodyIn() {
        stopping = true;
    }
}
