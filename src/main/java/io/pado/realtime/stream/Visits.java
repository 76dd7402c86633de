package io.pado.realtime.stream;

import io.pado.identity.Caller;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Topic;
import io.pado.realtime.hub.Subscriber;
import io.pado.realtime.hub.outbox.ReaderState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** The open streams of this node for who looks after it, and those that ended lately. Thread-safe. */
@ApplicationScoped
public class Visits {

    private static final int KEPT = 200;

    @Inject
    private Clock clock;

    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final Deque<Ended> ended = new ArrayDeque<>(); // guarded by itself
    private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();

    /**
     * An open stream.
     *
     * @param endpoint path of its request
     * @param address  of the client
     * @param since    when it was let in
     */
    public record Open(Subscriber subscriber, String endpoint, String address, Instant since) {
    }

    /**
     * A stream that has ended.
     *
     * @param id     the connection's unique name
     * @param caller who listened
     * @param topics to what
     * @param state  what it got in the end
     * @param reason why it ended
     */
    public record Ended(String id, Caller caller, String endpoint, String address, Instant since, Instant until, Set<Topic> topics, ReaderState state,
            CloseReason reason) {
    }

    void entered(Subscriber subscriber, StreamClient client) {
        open.put(subscriber.id(), new Open(subscriber, client.endpoint(), client.address(), clock.instant()));
    }

    /** Call it while the subscriber still has its topics. */
    void left(Subscriber subscriber, CloseReason reason) {
        Open was = open.remove(subscriber.id());
        if (was == null) {
            return;
        }
        Ended now = new Ended(subscriber.id(), subscriber.caller(), was.endpoint(), was.address(), was.since(), clock.instant(), subscriber.topics(),
                subscriber.state(), reason);
        reasons.computeIfAbsent(reason.code(), first -> new LongAdder()).increment();
        synchronized (ended) {
            ended.addFirst(now);
            if (ended.size() > KEPT) {
                ended.removeLast();
            }
        }
    }

    /** @return the open streams, live view */
    public Collection<Open> open() {
        return open.values();
    }

    /** @return how many have ended since this node was started, by the code of the reason */
    public Map<String, Long> reasons() {
        return reasons.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().sum()));
    }

    /** @return those that ended last, newest first */
    public List<Ended> ended() {
        synchronized (ended) {
            return List.copyOf(ended);
        }
    }
}
