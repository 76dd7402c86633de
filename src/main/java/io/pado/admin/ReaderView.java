package io.pado.admin;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.hub.outbox.ReaderState;
import io.pado.realtime.stream.Visits;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * One open stream, or one that has ended: what it got, and what it did not.
 *
 * @param connection   its unique name
 * @param userId       who listens; left out without a token
 * @param endpoint     path of its request
 * @param address      of the client
 * @param since        when it was let in
 * @param until        when it ended; left out while it is open
 * @param reason       why it ended, one word; left out while it is open
 * @param topics       what it hears, some of them
 * @param topicCount   how many that are
 * @param lastEvent    number of the last event that was given to its connection; 0 if there was none
 * @param written      frames that were given to its connection
 * @param bytes        of these
 * @param quietMillis  since the last of them
 * @param waiting      frames in its queue
 * @param waitingBytes of these
 * @param dropped      events that were left out because its queue was full
 * @param replaced     events in whose place a newer one went
 * @param cut          frames that still waited when it ended
 */
@JsonbPropertyOrder({"connection", "userId", "endpoint", "address", "since", "until", "reason", "topics", "topicCount", "lastEvent", "written", "bytes",
    "quietMillis", "waiting", "waitingBytes", "dropped", "replaced", "cut"})
public record ReaderView(String connection, Long userId, String endpoint, String address, Instant since, Instant until, String reason,
        List<String> topics, int topicCount, long lastEvent, long written, long bytes, long quietMillis, int waiting, int waitingBytes, long dropped,
        long replaced, int cut) {

    private static final int MAX_TOPICS = 8;

    static ReaderView of(Visits.Open open) {
        return of(open.subscriber().id(), open.subscriber().caller(), open.endpoint(), open.address(), open.since(), null, null,
                open.subscriber().topics(), open.subscriber().state());
    }

    static ReaderView of(Visits.Ended ended) {
        return of(ended.id(), ended.caller(), ended.endpoint(), ended.address(), ended.since(), ended.until(), ended.reason().code(), ended.topics(),
                ended.state());
    }

    private static ReaderView of(String id, Caller caller, String endpoint, String address, Instant since, Instant until, String reason,
            Collection<Topic> topics, ReaderState state) {
        return new ReaderView(id, caller.userId().isPresent() ? caller.userId().getAsLong() : null, endpoint, address, since, until, reason,
                topics.stream().map(Topic::name).sorted().limit(MAX_TOPICS).toList(), topics.size(), state.lastEvent(), state.written(), state.bytes(),
                state.quietMillis(), state.waiting(), state.waitingBytes(), state.dropped(), state.replaced(), state.cut());
    }
}
