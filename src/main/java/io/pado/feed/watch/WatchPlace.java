package io.pado.feed.watch;

import io.pado.feed.Watched;
import io.pado.platform.mongo.DocumentIds;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/**
 * Where the watch is: read when it begins, and stored with the last known states of documents there. Of the watch's thread. All that stores throws
 * {@link LeaseLost} if another node has the right by now.
 */
final class WatchPlace {

    /** The place is stored also when nothing happens, or it would be forgotten by MongoDB one day. */
    private static final long IDLE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MAX_SEEDS = 500;

    private final FeedStore store;
    private final WatchRight right;
    private final FeedEvents events;
    private final DatabaseWatcher database;
    private final Collection<Watched> watched;
    private Position at;
    private long storedAt;

    WatchPlace(FeedStore store, WatchRight right, FeedEvents events, DatabaseWatcher database, Collection<Watched> watched) {
        this.store = store;
        this.right = right;
        this.events = events;
        this.database = database;
        this.watched = watched;
    }

    /**
     * Finds where to go on. The very first time, and after Redis has lost its data, the log's included, that is the time before anything was read; readers are
     * told then, see {@link #begin}.
     *
     * @throws StreamOver if what is stored is no place
     */
    Position find() {
        at = null;
        Optional<String> stored = store.place();
        at = stored.isPresent() ? Position.parse(stored.get()) : begin();
        events.goOn(at.behind());
        if (!at.seeded()) {
            seed();
        }
        return at;
    }

    /** @return where it is; null if what is stored is no place */
    Position at() {
        return at;
    }

    /** @return whether the place is to be stored though nothing happened */
    boolean isDue() {
        return at.token() == null || System.nanoTime() - storedAt > IDLE_NANOS;
    }

    void advance(Position to, Map<String, LastState> states) {
        store(to, states);
        at = to;
        storedAt = System.nanoTime();
    }

    /**
     * What was written since readers fetched, as the log's new epoch had told them, and before this time, is in no event: so they are told once more. That is
     * before the place is stored: a node that dies in between leaves all of it to the next one.
     */
    private Position begin() {
        Position first = Position.at(database.now());
        events.publish(FeedEvents.reset(DocumentIds.word(first.text())));
        store(first, Map.of());
        return first.behind(events.behind());
    }

    /** Reads the states of all documents of which a state is remembered, so that their next changes can be told. */
    private void seed() {
        for (Watched each : watched) {
            if (!each.remembered().isZero()) {
                Map<String, LastState> states = new HashMap<>();
                database.all(each, document -> seed(each, document, states));
                store(at, states);
            }
        }
        at = at.seeded(true);
        store(at, Map.of());
    }

    private void seed(Watched collection, Document document, Map<String, LastState> states) {
        states.put(Translation.nameOf(collection.collection(), document.get("_id")), Translation.stateOf(collection, document));
        if (states.size() >= MAX_SEEDS) {
            store(at, states);
            states.clear();
            if (!right.isFresh() && right.renew()) {
                throw new LeaseLost();
            }
        }
    }

    private void store(Position place, Map<String, LastState> states) {
        if (!store.advance(right.held(), place.behind(events.behind()).text(), states)) {
            throw new LeaseLost();
        }
    }
}
