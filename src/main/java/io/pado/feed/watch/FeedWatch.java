package io.pado.feed.watch;

import io.pado.feed.Watched;
import io.pado.platform.BackgroundLoop;
import io.pado.platform.Backoff;
import io.pado.platform.json.Json;
import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Mongo;
import io.pado.platform.redis.Refusal;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Watches the database's stream of changes and publishes what they mean. One node at a time does this, by a lease. What was read is published first and
 * then the place is stored, in a step that only the holder of the lease can do. So a node that dies repeats changes rather than loses them, and the log
 * recognises the repetition by the change's own token.
 */
@ApplicationScoped
public class FeedWatch {

    private static final Logger LOG = Logger.getLogger(FeedWatch.class.getName());
    /** A place that is a time, and so young, was never read from. */
    private static final int UNTRIED_SECONDS = 60;
    private static final long MAX_PAUSE_MILLIS = 3_000;
    /** What another node told before it failed too does not show that the watch works; clocks differ. */
    private static final Duration LATER = Duration.ofSeconds(2);

    @Inject
    FeedStore store;
    @Inject
    Mongo mongo;
    @Inject
    FeedEvents events;
    @Inject
    @Any
    Instance<Watched> offered;
    @Inject
    Clock clock;
    @Resource
    ManagedThreadFactory threads;
    @Resource
    ManagedScheduledExecutorService timer;

    private final BackgroundLoop loop = new BackgroundLoop("feed-watch", this::step);
    private volatile boolean stopping;
    private volatile boolean failed;
    private Future<?> keeping;

    /** For people: the machine's name and the process' number. */
    private final String node = System.getenv().getOrDefault("HOSTNAME", "localhost") + ':' + ProcessHandle.current().pid();

    // All below belong to the loop's thread.
    private Map<String, Watched> watched;
    private DatabaseWatcher database;
    private WatchRight right;
    private WatchPlace place;
    private final Backoff backoff = new Backoff("The watch of MongoDB", MAX_PAUSE_MILLIS);
    private Instant failedAt;
    /** Whether readers have been told of a reset, and of nothing since; false if that is not known, or another node may have told something. */
    private boolean isAnew;
    private long told;
    private long skipped;

    void start(@Observes Startup startup) {
        watched = offered.stream().collect(Collectors.toMap(Watched::collection, Function.identity()));
        database = new DatabaseWatcher(mongo, watched.values());
        right = new WatchRight(store);
        place = new WatchPlace(store, right, events, database, watched.values());
        loop.start(threads);
        keeping = timer.scheduleWithFixedDelay(right::keep, WatchRight.RENEWAL_MILLIS, WatchRight.RENEWAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        stopping = true;
        keeping.cancel(false);
        loop.stop();
        right.giveBack();
    }

    /** @return whether this node has had the right to watch once, or was refused it, and could not */
    public boolean hasFailed() {
        return failed;
    }

    private long step() {
        try {
            if (!holds()) {
                standBy();
                return WatchRight.STANDBY_MILLIS;
            }
            right.during(this::round);
            backoff.succeeded();
            return 0;
        } catch (LeaseLost lost) {
            LOG.log(Level.INFO, lost.getMessage());
            leave();
            return WatchRight.STANDBY_MILLIS;
        } catch (RuntimeException failure) {
            // Not if only Redis was away: a node that waits for it waits for this too.
            failed |= right.isHeld() || Refusal.of(failure).isPresent();
            leave();
            failedAt = clock.instant();
            return stopping ? 0 : backoff.failed(failure);
        }
    }

    private void standBy() {
        database.close();
        boolean anotherWatches = backoff.isOn() && store.progress().map(progress -> Instant.parse(progress.getString("at")))
                .filter(told -> told.isAfter(failedAt.plus(LATER))).isPresent();
        if (anotherWatches) {
            backoff.succeeded();
        }
    }

    /** Another node may try. */
    private void leave() {
        database.close();
        right.leave();
        isAnew = false;
    }

    /** @return whether this node has the right to watch; asks for it at most each second */
    private boolean holds() {
        if (right.isFresh()) {
            return true;
        }
        if (right.renew()) {
            database.close();
            isAnew = false;
        }
        if (database.isOpen()) {
            tellProgress();
        }
        return right.isHeld();
    }

    private void round() {
        try {
            if (!database.isOpen()) {
                open();
            }
            take(database.next());
        } catch (StreamOver over) {
            beginAnew(over);
        } catch (EventTooLarge large) {
            stepOver();
        }
    }

    private void open() {
        database.close();
        database.open(place.find());
        LOG.log(Level.INFO, "This node watches MongoDB for all");
    }

    private void take(Batch batch) {
        List<RawChange> changes = batch.changes();
        if (changes.isEmpty()) {
            if (batch.after() != null && place.isDue()) {
                place.advance(batch.after(), Map.of());
            }
            return;
        }
        Translation translation = translation(changes);
        List<RawChange> ends = new ArrayList<>();
        boolean anew = isAnew;
        for (RawChange change : changes) {
            if (change.isOfDocument()) {
                translation.add(change);
                anew = false;
            } else if (!anew) {
                translation.publications().addAll(FeedEvents.reset(change.token()));
                ends.add(change);
                anew = true;
            }
        }
        events.publish(translation.publications());
        ends.forEach(this::alarm);
        place.advance(batch.after().seeded(ends.isEmpty()), translation.states());
        isAnew = anew;
        told += translation.publications().size();
        skipped += translation.skipped();
        if (!ends.isEmpty() || changes.stream().anyMatch(change -> change.operation().equals("invalidate"))) {
            database.close();
        }
    }

    private Translation translation(List<RawChange> changes) {
        Set<String> documents = changes.stream().filter(RawChange::isOfDocument)
                .filter(change -> watched.containsKey(change.collection()) && !watched.get(change.collection()).remembered().isZero())
                .map(change -> Translation.nameOf(change.collection(), change.id())).collect(Collectors.toSet());
        return new Translation(watched, store.states(documents), database::find);
    }

    /** What was known of a collection is void, and what comes next is of another one. */
    private void alarm(RawChange end) {
        alarm(end.operation(), end.operation() + " of " + (end.collection().isEmpty() ? "the database" : end.collection()));
    }

    /** The place where the watch was cannot be used any more: readers are told once, and the watch goes on from now. */
    private void beginAnew(StreamOver over) {
        database.close();
        Position now = Position.at(database.now());
        if (place.at() != null && place.at().isYoungerThan(UNTRIED_SECONDS, now)) {
            // Readers have just been told, by whichever node, and nothing was read since: it is tried again, but not at once.
            throw over;
        }
        events.publish(FeedEvents.reset(DocumentIds.word(store.place().orElse(""))));
        alarm(over.reason(), over.getMessage());
        place.advance(now, Map.of());
        isAnew = true;
    }

    private void stepOver() {
        database.close();
        Batch large = database.nextWithoutFields(place.at());
        Translation translation = translation(large.changes());
        large.changes().forEach(translation::addWithoutFields);
        events.publish(translation.publications());
        if (!large.changes().isEmpty()) {
            place.advance(large.after(), translation.states());
            isAnew = false;
        }
        skipped += translation.skipped();
    }

    private void alarm(String reason, String detail) {
        LOG.log(Level.SEVERE, "The stream of MongoDB''s changes was interrupted ({0}): {1}. Readers are told to fetch the current state again", new Object[] {
            reason, detail});
        store.raise(right.lease(), right.held(), Json.text(new WatchView.Alarm(clock.instant(), reason, detail)));
    }

    private void tellProgress() {
        store.progress(right.lease(), right.held(), Json.text(Map.of("at", clock.instant(), "node", node, "told", told, "skipped", skipped, "kept", events.kept())));
    }
}
