package io.pado.realtime.hub;

import io.pado.identity.Caller;
import io.pado.realtime.Start;
import io.pado.realtime.Topic;
import io.pado.realtime.Wire;
import io.pado.realtime.hub.outbox.OutboxLimits;
import io.pado.realtime.log.MemoryLog;
import io.pado.realtime.policy.OpenPolicy;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPolicies;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A hub on a log in memory, and a peer that notes what it gets. */
abstract class HubRig {

    static final Topic A = new Topic("a");
    static final Topic B = new Topic("b");
    static final OutboxLimits LIMITS = new OutboxLimits(1_000, 1 << 20, 1 << 30, new LongAdder());

    final MemoryLog log = new MemoryLog();
    final RecordingConnection peer = new RecordingConnection();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    final Hub hub = new Hub(log, log, new TopicPolicies(List.of(new OpenPolicy(SlowReaders.REPLAY))), Runnable::run, timer);

    @BeforeEach
    void listen() {
        log.listener = hub::announced;
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    void join(String lastEventId, Topic... topics) {
        hub.join(subscriber(), Set.of(topics), Start.after(lastEventId)).begin();
    }

    Subscriber subscriber(Wire wire, RecordingConnection connection) {
        Subscriber subscriber = new Subscriber("f", Caller.ANONYMOUS, wire, Runnable::run, LIMITS);
        hub.enter(subscriber);
        subscriber.open(connection);
        return subscriber;
    }

    Subscriber subscriber() {
        Subscriber subscriber = closedSubscriber();
        subscriber.open(peer);
        return subscriber;
    }

    Subscriber closedSubscriber() {
        Subscriber subscriber =
                new Subscriber("s", Caller.ANONYMOUS, new TextWire(), Runnable::run, LIMITS);
        hub.enter(subscriber);
        return subscriber;
    }
}
