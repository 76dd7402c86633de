package io.pado.realtime.sql;

import io.pado.platform.sql.TransactionLimits;
import io.pado.realtime.Topic;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.Publisher;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPolicies;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Publishes what waits in the outbox, once. One node at a time: it holds the gate's row for the length of the pass. Dies the
 * node between publishing and commit, the rows are published again, and the log recognises them.
 *
 * <p>A topic that alone cannot take its events keeps them here, in their order, and is left out for a few seconds each time; others go on.
 *
 * <p>Of topics that are LATEST only the newest row of each key is published, but each row that its sender may repeat, because the log must
 * know it then. Passes that publish such rows are at least {@value #PACE_MILLIS} ms apart over all nodes: that is the "at most 10 updates a
 * second per poll, the last always sent" of the spec.
 */
@ApplicationScoped
public class DrainPass {

    static final long PACE_MILLIS = 100;
    private static final int BATCH = 500;
    /** Of the rows of a pass: they are in memory all at once, in one command to Redis, and in its buffer for each node. */
    private static final int MAX_BYTES = 4 << 20;
    private static final long NOTHING_WAITS = -1;
    private static final Logger LOG = Logger.getLogger(DrainPass.class.getName());
    /** How many of the first rows there are, and how many of them have no more bytes than given. */
    private static final String HEAD = "SELECT count(*), count(*) FILTER (WHERE bytes <= ?) FROM (SELECT sum(octet_length(json))"
            + " OVER (ORDER BY id) AS bytes FROM (SELECT id, json FROM outbox WHERE topic <> ALL (?) ORDER BY id LIMIT ?) AS head) AS sums";

    @PersistenceContext
    private EntityManager database;
    @Resource(lookup = "jdbc/pado", shareable = false)
    private DataSource source;

    @Inject
    private TransactionLimits limits;

    @Inject
    private Publisher publisher;

    @Inject
    private TopicPolicies policies;

    private final StuckTopics stuck = new StuckTopics();

    /** @return whether of several events with this key only the newest counts, and they are {@value #PACE_MILLIS} ms apart at least */
    static boolean isPaced(Topic topic, String key, TopicPolicies policies) {
        return !key.isEmpty() && policies.find(topic).filter(policy -> policy.slowReaders(topic) == SlowReaders.LATEST).isPresent();
    }

    /** @return whether there are rows; this is asked each second on each node, so it does without JPA and a transaction, which cost more */
    public boolean isDue() throws SQLException {
        try (Connection connection = source.getConnection(); Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery("SELECT 1 FROM outbox LIMIT 1")) {
            return rows.next();
        }
    }

    /**
     * @return after how many milliseconds the next pass has something to do: 0 for at once, more if rows wait for the pace, negative if nothing waits
     */
    @Transactional
    public long run() {
        limits.endWhenSilent();
        OutboxGate gate = database.find(OutboxGate.class, OutboxGate.ID, LockModeType.PESSIMISTIC_WRITE);
        Set<String> leftOut = stuck.leftOut();
        Object[] head = (Object[]) database.createNativeQuery(HEAD).setParameter(1, MAX_BYTES)
                .setParameter(2, leftOut.toArray(String[]::new)).setParameter(3, BATCH).getSingleResult();
        int waiting = ((Number) head[0]).intValue();
        if (waiting == 0) {
            return NOTHING_WAITS;
        }
        int taken = Math.max(1, ((Number) head[1]).intValue());
        List<OutboxRow> rows = database.createQuery("SELECT r FROM OutboxRow r WHERE r.topic NOT IN :leftOut ORDER BY r.id", OutboxRow.class)
                .setParameter("leftOut", leftOut)
                .setMaxResults(taken)
                .getResultList().stream().filter(this::isOfATopic).toList();
        long now = databaseMillis();
        long rest = Math.max(0, Math.min(PACE_MILLIS, gate.pacedAt() + PACE_MILLIS - now));
        Sorted sorted = Sorted.of(rows, policies, rest == 0);
        publish(sorted.due()).forEach(database::remove);
        sorted.superseded().forEach(database::remove);
        if (sorted.paced()) {
            gate.pacedAt(now);
        }
        return sorted.early() ? rest : waiting == BATCH || taken < waiting ? 0 : NOTHING_WAITS;
    }

    /** @return the rows that are in the log now: without those of topics that cannot take them */
    private List<OutboxRow> publish(List<OutboxRow> due) {
        List<OutboxRow> rows = due;
        while (true) {
            try {
                publisher.publishAll(rows.stream().map(OutboxRow::publication).toList());
                rows.forEach(row -> stuck.isNoMore(row.topic()));
                return rows;
            } catch (LogRefused refused) {
                Topic topic = refused.topic().orElseThrow(() -> refused);
                stuck.is(topic, refused);
                // What was published before is recognised.
                rows = rows.stream().filter(row -> !row.topic().equals(topic)).toList();
            }
        }
    }

    /** A row of a topic that the settings have no longer would hold up all others; nobody may read it. */
    private boolean isOfATopic(OutboxRow row) {
        boolean known = policies.find(row.topic()).isPresent();
        if (!known) {
            LOG.log(Level.WARNING, "An event that waited was dropped: there is no topic {0} any more", row.topic());
            database.remove(row);
        }
        return known;
    }

    private long databaseMillis() {
        return ((Number) database.createNativeQuery("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)")
                .getSingleResult()).longValue();
    }

    /**
     * What to do with the rows of a pass.
     *
     * @param due        to be published, in order
     * @param superseded to be forgotten, since a newer row of the same key is there
     * @param paced      whether some of the due ones count for the pace
     * @param early      whether some rows have to wait for the pace
     */
    record Sorted(List<OutboxRow> due, List<OutboxRow> superseded, boolean paced, boolean early) {

        static Sorted of(List<OutboxRow> rows, TopicPolicies policies, boolean paceAllows) {
            LinkedList<OutboxRow> due = new LinkedList<>();
            List<OutboxRow> superseded = new ArrayList<>();
            Set<List<Object>> newer = new HashSet<>();
            boolean early = false;
            boolean paced = false;
            for (int i = rows.size() - 1; i >= 0; i--) {
                OutboxRow row = rows.get(i);
                boolean latest = isPaced(row.topic(), row.key(), policies);
                paced |= latest;
                if (latest && !row.hasName() && !newer.add(List.of(row.topic(), row.key()))) {
                    superseded.add(row);
                } else if (latest && !paceAllows) {
                    early = true;
                } else {
                    due.addFirst(row);
                }
            }
            return new Sorted(due, superseded, paced && paceAllows, early);
        }
    }
}
