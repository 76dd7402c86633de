package io.pado.realtime.sql;

import io.pado.platform.http.Answer;
import io.pado.platform.sql.IdempotentCalls;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.FeedLost;
import io.pado.realtime.log.FeedRestored;
import io.pado.realtime.log.LogUnavailable;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Events that came from outside while the log did not answer. They wait in the outbox, and what follows of their topic waits behind them,
 * until the outbox has none of it any more. A node looks there from its start, and from when it loses the log, until it has seen the outbox
 * empty after all nodes had time to find the log again; otherwise that costs nothing. The {@link OutboxDrainer} sees it too, so a node that nobody
 * publishes on does not need the database for that when somebody does.
 */
@ApplicationScoped
public class Backlog {

    private static final String WAITING = "SELECT EXISTS (SELECT 1 FROM outbox), EXISTS (SELECT 1 FROM outbox WHERE topic = ?)";
    private static final int BEFORE_THE_HUB = 1_000;
    private static final int AFTER_THE_HUB = 4_000;
    private static final int MAX_DOUBT_SECONDS = 5;
    /** More than any node needs to have its feed again once the log is back. Until then it may still add to the outbox. */
    private static final long OTHERS_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long NEVER = 0;
    private static final Logger LOG = Logger.getLogger(Backlog.class.getName());
    private static final Answer TAKEN = new Answer(202, "", "{}");

    @Inject
    private EventLog log;
    @Inject
    private IdempotentCalls calls;
    @Inject
    private TransactionalOutbox outbox;
    @Resource(lookup = "jdbc/pado", shareable = false)
    private DataSource source;

    private final AtomicLong turns = new AtomicLong(1);
    private final AtomicLong turnsOver = new AtomicLong(NEVER);

    // Changed under the lock of this: they belong together.
    private volatile boolean fed;
    private volatile long fedSince;
    /** Whether the log answers this node; open while that is being found out. */
    private volatile CompletableFuture<Boolean> answers = CompletableFuture.completedFuture(true);

    /**
     * @return whether an event of this topic has to wait
     * @throws SQLException if the database does not answer
     */
    public boolean isAheadOf(Topic topic) throws SQLException {
        return isOpen() && (!answers.join() || waits(topic));
    }

    /**
     * Stores an event till the log answers. It is published once, however often it is given.
     *
     * @param sender         whose name for it that is
     * @param idempotencyKey the sender's own name for the event, {@code Idempotency-Key}; empty for none
     */
    public void add(String sender, String idempotencyKey, Publication publication) {
        // Of a name space of their own: the same sender may use a name for an order, and for the event that tells of it.
        String content = String.join("\n", publication.topic().name(), publication.type(), publication.key(), publication.json());
        calls.once("event:" + sender, idempotencyKey, content, () -> {
            outbox.add(publication);
            return TAKEN;
        });
        // It is there for all to see now; who looked before did not see it.
        turns.incrementAndGet();
    }

    /** @return for {@link #wasEmpty}: what finding the outbox empty from now on would settle; nothing is settled while another node may still add to it */
    long turn() {
        long turn = turns.get();
        return fed && System.nanoTime() - fedSince > OTHERS_NANOS ? turn : NEVER;
    }

    /** @param turn asked for before somebody looked into the outbox and found it empty */
    void wasEmpty(long turn) {
        turnsOver.accumulateAndGet(turn, Math::max);
    }

    /** @return whether who publishes has to look into the outbox */
    boolean isOpen() {
        return turns.get() != turnsOver.get();
    }

    /** The log has not answered. While the feed is gone too nobody needs to try again: it will be told when the log is back. */
    public synchronized void unanswered() {
        if (!fed) {
            answers = CompletableFuture.completedFuture(false);
        }
    }

    /** The feed may have been lost alone. Who publishes now waits until that is known. */
    synchronized void doubt(@Observes @Priority(BEFORE_THE_HUB) FeedLost lost) {
        fed = false;
        answers = new CompletableFuture<Boolean>().completeOnTimeout(false, MAX_DOUBT_SECONDS, TimeUnit.SECONDS);
        turns.incrementAndGet();
    }

    /** Asking may take time, so readers are told of the loss first. */
    void ask(@Observes @Priority(AFTER_THE_HUB) FeedLost lost) {
        answers.complete(logAnswers());
    }

    synchronized void restored(@Observes @Priority(BEFORE_THE_HUB) FeedRestored restored) {
        fedSince = System.nanoTime();
        fed = true;
        answers = CompletableFuture.completedFuture(true);
    }

    private boolean logAnswers() {
        try {
            log.tops(Set.of());
            return true;
        } catch (LogUnavailable away) {
            LOG.log(Level.INFO, "The log is away, events from outside wait in the database: {0}", away.getMessage());
            return false;
        }
    }

    private boolean waits(Topic topic) throws SQLException {
        long turn = turn();
        try (Connection connection = source.getConnection(); PreparedStatement query = connection.prepareStatement(WAITING)) {
            query.setString(1, topic.name());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    wasEmpty(turn);
                }
                return row.getBoolean(2);
            }
        }
    }
}
