package io.pado.platform.queue.redis;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Refusal;
import io.pado.platform.redis.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.reactive.messaging.Message;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAutoClaimParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Takes entries from a Redis stream as one consumer of its group, one at a time and only when asked. An entry stays pending until it is
 * acked; what is not acked within {@link #IDLE}, because its process died or Redis was away, is given to any consumer again. So an entry may
 * come twice, even while its first holder lives: who takes them must bear that, or ack at once (no lease is kept here).
 */
final class StreamReader {

    static final String FIELD = "payload";

    private static final Logger LOG = Logger.getLogger(StreamReader.class.getName());
    private static final StreamEntryID FIRST = new StreamEntryID("0-0");
    private static final Script SETTLE = new Script("stream-settle.lua");
    private static final Script FORGET = new Script("stream-forget.lua");
    private static final Duration BLOCK = Duration.ofMillis(500);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration GONE = Duration.ofHours(1);
    private static final long REST_MILLIS = 60_000;

    private final Redis redis;
    private final String stream;
    private final String group;
    private final String consumer = UUID.randomUUID().toString();
    private final BackgroundLoop loop;
    private final Queue<CompletableFuture<Message<String>>> asked = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private volatile String refusal = "";

    // Of the loop's thread.
    private Jedis connection; // null while there is none
    private long nextLook = System.nanoTime();
    private StreamEntryID lookFrom = FIRST;

    StreamReader(Redis redis, String stream, String group) {
        this.redis = redis;
        this.stream = stream;
        this.group = group;
        this.loop = new BackgroundLoop("stream-" + group, this::step);
    }

    void start(ThreadFactory threads) {
        loop.start(threads);
    }

    /** @return the next message; it never comes if the reader is closed before, and it never fails, which would end the channel */
    CompletionStage<Message<String>> next() {
        CompletableFuture<Message<String>> next = new CompletableFuture<>();
        asked.add(next);
        loop.nudge();
        return next;
    }

    /** @return why Redis has refused to give the last message; empty if it has not */
    String refusal() {
        return refusal;
    }

    /** Ends within {@link #BLOCK}: no interrupt wakes a read from a socket. */
    void close() {
        closed = true;
        loop.stop();
    }

    /** @return how long to rest, milliseconds; asking ends the rest */
    private long step() {
        if (asked.isEmpty()) {
            return REST_MILLIS;
        }
        try {
            Optional<StreamEntry> entry = read();
            refusal = "";
            if (entry.isPresent() && !closed) {
                // What follows runs on this thread, and asks for the next one.
                asked.remove().complete(message(entry.get()));
            }
        } catch (JedisException failure) {
            disconnect();
            if (!isWithoutGroup(failure)) {
                refusal = Refusal.of(failure).map(Refusal::cause).orElse("");
                throw failure;
            }
            createGroup();
        } finally {
            if (closed) {
                disconnect();
            }
        }
        return 0;
    }

    private Optional<StreamEntry> read() {
        if (connection == null) {
            connection = new Jedis(redis.waiting(BLOCK));
        }
        Optional<StreamEntry> left = leftByOthers();
        return left.isPresent() ? left : fresh();
    }

    private Optional<StreamEntry> fresh() {
        return Optional.ofNullable(connection.xreadGroup(group, consumer, XReadGroupParams.xReadGroupParams().count(1).block((int) BLOCK.toMillis()),
                Map.of(stream, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY))).map(streams -> streams.get(0).getValue().get(0));
    }

    private Optional<StreamEntry> leftByOthers() {
        if (System.nanoTime() - nextLook < 0) {
            return Optional.empty();
        }
        nextLook = System.nanoTime() + BETWEEN_LOOKS.toNanos();
        FORGET.run(redis.commands(), List.of(stream), List.of(group, Long.toString(GONE.toMillis())));
        Map.Entry<StreamEntryID, List<StreamEntry>> left = connection.xautoclaim(stream, group, consumer, IDLE.toMillis(), lookFrom,
                XAutoClaimParams.xAutoClaimParams().count(1));
        lookFrom = left.getKey();
        if (left.getValue().isEmpty()) {
            return Optional.empty();
        }
        nextLook = System.nanoTime(); // There may be more.
        // Before Redis 7 null for an entry that was deleted while it was pending, and for ever: so the next look goes on behind it.
        return Optional.ofNullable(left.getValue().get(0));
    }

    /** At the first start, and when Redis has lost its data. */
    private static boolean isWithoutGroup(JedisException failure) {
        String text = String.valueOf(failure.getMessage());
        return failure instanceof JedisDataException && (text.contains("NOGROUP") || text.contains("no such key"));
    }

    private void createGroup() {
        try {
            redis.commands().xgroupCreate(stream, group, FIRST, true);
        } catch (JedisDataException other) {
            if (!String.valueOf(other.getMessage()).contains("BUSYGROUP")) {
                throw other;
            }
            LOG.log(Level.FINE, "Another node was faster", other);
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private Message<String> message(StreamEntry entry) {
        return Message.of(entry.getFields().getOrDefault(FIELD, ""), () -> settle(entry.getID()), cause -> {
            LOG.log(Level.WARNING, "An entry of " + stream + " was refused and will come again: " + entry.getID(), cause);
            return CompletableFuture.completedFuture(null);
        });
    }

    private CompletionStage<Void> settle(StreamEntryID id) {
        try {
            SETTLE.run(redis.commands(), List.of(stream), List.of(group, id.toString()));
            return CompletableFuture.completedFuture(null);
        } catch (JedisException away) {
            return CompletableFuture.failedFuture(away);
        }
    }
}
