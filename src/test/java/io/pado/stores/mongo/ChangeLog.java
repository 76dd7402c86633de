package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The newest changes, numbered from 1 without gaps: what a real server calls the oplog. It keeps so many changes, and so many bytes of them,
 * as it was told; older ones are forgotten.
 */
final class ChangeLog {

    private static final long MAX_BYTES = 256L << 20;

    private final Clock clock;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final Set<Namespace> withImages = new HashSet<>();
    private int epoch;
    private int capacity;
    private long bytes;
    private long last;
    private BsonTimestamp now;
    private BsonTimestamp forgotten;

    /**
     * A change that was committed.
     *
     * @param time    when; the changes of one transaction have the same
     * @param session of a transaction: {@code lsid} and {@code txnNumber}; otherwise empty
     */
    record Entry(long number, BsonTimestamp time, Instant wall, Change change, Document session, int size) {
    }

    /**
     * @param epoch    which of several logs this is: tokens of another one are worthless
     * @param capacity changes to keep
     */
    ChangeLog(Clock clock, int epoch, int capacity) {
        this.clock = clock;
        this.epoch = epoch;
        this.capacity = capacity;
        now = new BsonTimestamp(clock.instant(), 1);
        forgotten = new BsonTimestamp(now.getValue() - 1);
    }

    /** Adds changes that happened at one moment. @param session of a transaction, otherwise empty */
    void append(List<Change> changes, Document session) {
        Instant wall = clock.instant();
        BsonTimestamp time = tick(wall);
        for (Change change : changes) {
            if (!change.namespace().isInternal()) {
                add(new Entry(++last, time, wall, withImages.contains(change.namespace()) ? change : change.withoutImages(), session, size(change)));
            }
        }
        forgetBeyond(capacity);
    }

    private void add(Entry entry) {
        entries.put(entry.number(), entry);
        bytes += entry.size();
        followImages(entry.change());
    }

    private void followImages(Change change) {
        if (change.kind() == Change.Kind.DROP) {
            withImages.remove(change.namespace());
        } else if (change.kind() == Change.Kind.RENAME) {
            withImages.remove(change.to());
            if (withImages.remove(change.namespace())) {
                withImages.add(change.to());
            }
        }
    }

    private static int size(Change change) {
        return Bson.size(change.before()) + Bson.size(change.after());
    }

    private BsonTimestamp tick(Instant wall) {
        BsonTimestamp first = new BsonTimestamp(wall, 1);
        now = first.compareTo(now) > 0 ? first : new BsonTimestamp(now.getValue() + 1);
        return now;
    }

    private void forgetBeyond(int most) {
        while (entries.size() > most || bytes > MAX_BYTES && entries.size() > 1) {
            Entry oldest = entries.pollFirstEntry().getValue();
            bytes -= oldest.size();
            forgotten = oldest.time();
        }
    }

    /** From now on keeps so many changes at most. */
    void keep(int changes) {
        capacity = changes;
        forgetBeyond(changes);
    }

    /** Forgets everything, so that no token from before is of use, not even the newest one. */
    void forget() {
        last++;
        forgotten = now;
        tick(clock.instant());
        entries.clear();
        bytes = 0;
    }

    /** Whether the documents of a collection are kept as they were before and after each change. */
    void images(Namespace namespace, boolean wanted) {
        if (wanted) {
            withImages.add(namespace);
        } else {
            withImages.remove(namespace);
        }
    }

    boolean hasImages(Namespace namespace) {
        return withImages.contains(namespace);
    }

    int epoch() {
        return epoch;
    }

    /** Number of the newest change; 0 if there was none yet. */
    long last() {
        return last;
    }

    /** Number of the last one that is not kept any more: whoever is there already has missed nothing. */
    long floor() {
        return last - entries.size();
    }

    /** Time of the newest change. */
    BsonTimestamp now() {
        return now;
    }

    /** @return number of the last change before this time; below {@link #floor} if changes in between are forgotten */
    long before(BsonTimestamp time) {
        if (time.compareTo(forgotten) <= 0) {
            return floor() - 1;
        }
        return floor() + entries.values().stream().takeWhile(entry -> entry.time().compareTo(time) < 0).count();
    }

    /** @return the kept changes after that number, oldest first */
    Collection<Entry> after(long number) {
        return entries.tailMap(number, false).values();
    }

    /** Goes on where another log was, whose changes are forgotten. */
    void continueAt(int otherEpoch, long otherLast) {
        epoch = otherEpoch;
        last = otherLast;
    }
}
