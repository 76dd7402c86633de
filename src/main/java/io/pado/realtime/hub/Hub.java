package io.pado.realtime.hub;

import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.Start;
import io.pado.realtime.Tap;
import io.pado.realtime.Topic;
import io.pado.realtime.Writers;
import io.pado.realtime.audience.Audience;
import io.pado.realtime.log.Announcement;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.FeedLost;
import io.pado.realtime.log.FeedRestored;
import io.pado.realtime.log.LogSlice;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.log.TopicFeed;
import io.pado.realtime.log.WritesAccepted;
import io.pado.realtime.log.WritesRefused;
import io.pado.realtime.policy.TopicPolicies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * This node's subscribers. They join topics at a place in the log and leave them; what is published comes to them through
 * {@link FollowedTopics}. All are told when this node does not hear the others, and when the log began anew. Thread-safe.
 */
@ApplicationScoped
public class Hub {

    private static final Logger LOG = Logger.getLogger(Hub.class.getName());
    private static final int COMPARED_SECONDS = 5;

    private final LogReads reads;
    private final Writers writers;
    private final ScheduledExecutorService timer;
    private final FollowedTopics followedTopics;
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final Map<Long, Set<Subscriber>> byUser = new ConcurrentHashMap<>();
    private final Degradation degradation = new Degradation();
    private final Traffic traffic = new Traffic();
    private final EventFrames eventFrames = new EventFrames();
    private Future<?> comparing;

    @Inject
    Hub(EventLog log, TopicFeed feed, TopicPolicies policies, Writers writers,
            ScheduledExecutorService timer) {
        this.writers = writers;
        this.timer = timer;
        this.reads = new LogReads(log, writers);
        this.followedTopics = new FollowedTopics(log, reads, feed, policies, writers, new Delivery(timer, writers, traffic, eventFrames), this::beginAnew);
    }

    /** For the container's proxy only. */
    protected Hub() {
        this(null, null, null, null, null);
    }

    /** @return the subscribers of this node, live view */
    public Set<Subscriber> subscribers() {
        return subscribers;
    }

    /** @return a user's subscribers of this node, live view */
    public Set<Subscriber> subscribersOf(long userId) {
        return byUser.getOrDefault(userId, Set.of());
    }

    /** @return the topics that this node follows, live view */
    public Set<Topic> topics() {
        return followedTopics.topics();
    }

    /** @return what this node has handed out */
    public Traffic traffic() {
        return traffic;
    }

    /** @return the topics that this node follows with the most readers, most first */
    public List<TopicTraffic> busiest(int most) {
        return followedTopics.traffic(most);
    }

    /** Adds a subscriber, which listens to nothing yet; whoever adds one has to see to it that it leaves. */
    public synchronized void enter(Subscriber subscriber) {
        if (!subscriber.hasLeft()) {
            subscribers.add(subscriber);
            subscriber.caller().userId().ifPresent(user ->
                    byUser.computeIfAbsent(user, first -> ConcurrentHashMap.newKeySet()).add(subscriber));
        }
    }

    /**
     * Has a topic heard by code of this node, for as long as it runs.
     *
     * @return done when its events reach this node; it may fail, and the tap hears them later
     */
    public CompletionStage<Void> tap(Topic topic, Tap tap) {
        return followedTopics.add(tap, topic);
    }

    /** Runs a task while nothing is handed out. @param task gets the place up to which everything was; must not block */
    void inBetween(Consumer<EventId> task) {
        followedTopics.inBetween(task);
    }

    /**
     * Has a subscriber listen to topics, held back until the returned join begins. Blocks until the node follows all of them. Its share may refuse.
     *
     * @param topics the caller's right to read them has been checked
     * @throws LogUnavailable if the log or the feed does not answer in time; the subscriber does not listen to them then
     */
    public Join join(Subscriber subscriber, Set<Topic> topics, Start start) {
        return join(new Subscription(subscriber, Optional.empty(), topics), start);
    }

    /**
     * Has a subscriber listen to what an audience gives its caller, now and after each change.
     *
     * @throws LogUnavailable if the log or the feed does not answer in time; the subscriber does not listen to them then
     */
    public Join join(Subscriber subscriber, Audience audience, Start start) {
        Join join = join(subscriber, audience, audience.topics(subscriber.caller()), start);
        // What the audience said may be older than the change; it knows of the change when it is asked after it.
        while (join.subscription().changedEarly()) {
            Set<Topic> now = audience.topics(subscriber.caller());
            if (now.equals(join.topics())) {
                return join;
            }
            Subscription before = join.subscription();
            before.leave();
            join = join(subscriber, audience, now, start);
            replaced(before);
        }
        return join;
    }

    private Join join(Subscriber subscriber, Audience audience, Set<Topic> topics, Start start) {
        return join(new Subscription(subscriber, Optional.of(audience), topics), start);
    }

    private Join join(Subscription subscription, Start start) {
        Subscriber subscriber = subscription.subscriber();
        boolean joined = false;
        try {
            Optional<LogSlice> begun = BoundedWait.on(register(subscription).ready());
            Join join = switch (start.kind()) {
                case NOW -> fresh(subscription, begun.orElseGet(reads::position));
                case AFTER -> resumed(subscription, start.lastEventId());
                case EARLIEST -> fromEarliest(subscription);
            };
            followedTopics.begunAt(join.read(), subscription.topics());
            degradation.tell(subscriber);
            joined = true;
            return join;
        } finally {
            if (!joined) {
                leave(subscription);
            }
        }
    }

    /** Forgets one of a subscriber's subscriptions; harmless when it was forgotten before. */
    public synchronized void leave(Subscription subscription) {
        if (subscription.subscriber().subscriptions().contains(subscription)) {
            subscription.leave();
            forget(subscription);
        }
    }

    /** Has another subscription take the place of one that has ended at a place of the log. */
    synchronized void replaced(Subscription ended) {
        forget(ended);
    }

    private void forget(Subscription subscription) {
        subscription.subscriber().remove(subscription);
        followedTopics.remove(subscription, subscription.topics());
    }

    /** Forgets some topics of a subscription, which goes on with the others where it is; without others it is forgotten. */
    public synchronized void leave(Subscription subscription, Set<Topic> topics) {
        if (topics.containsAll(subscription.topics())) {
            leave(subscription);
        } else if (subscription.subscriber().subscriptions().contains(subscription)) {
            subscription.leave(topics);
            followedTopics.remove(subscription, topics);
        }
    }

    /** Forgets a subscriber and all its subscriptions, for good; harmless when it was forgotten before. */
    public synchronized void leave(Subscriber subscriber) {
        List<Subscription> all = subscriber.subscriptions();
        subscribers.remove(subscriber);
        subscriber.caller().userId().ifPresent(user -> byUser.computeIfPresent(user, (id, theirs) -> {
            theirs.remove(subscriber);
            return theirs.isEmpty() ? null : theirs;
        }));
        subscriber.leave();
        all.forEach(subscription -> followedTopics.remove(subscription, subscription.topics()));
    }

    /** Sends a subscriber a heartbeat, with the id of the last event that it must have by now. */
    public void beat(Subscriber subscriber) {
        subscriber.heartbeat(followedTopics.lastOf(subscriber));
    }

    void announced(@Observes Announcement announcement) {
        followedTopics.take(announcement);
    }

    void start(@Observes Startup startup) {
        comparing = timer.scheduleWithFixedDelay(() -> writers.execute(this::compareUnlessLost), COMPARED_SECONDS, COMPARED_SECONDS,
                TimeUnit.SECONDS);
    }

    void stop(@Observes Shutdown shutdown) {
        comparing.cancel(false);
    }

    /** @throws LogUnavailable if the log does not answer */
    void compare() {
        followedTopics.compare();
    }

    private void compareUnlessLost() {
        if (degradation.isBecauseOf(Degradation.Reason.FEED_LOST) || followedTopics.topics().isEmpty()) {
            return;
        }
        try {
            compare();
        } catch (LogUnavailable away) {
            LOG.log(Level.FINE, "The log could not be compared with; that is tried again", away);
        }
    }

    void feedLost(@Observes FeedLost lost) {
        followedTopics.flush();
        degradation.begin(Degradation.Reason.FEED_LOST, subscribers);
    }

    void feedRestored(@Observes FeedRestored restored) {
        compare();
        degradation.end(Degradation.Reason.FEED_LOST, subscribers);
    }

    void writesRefused(@Observes WritesRefused refused) {
        degradation.begin(Degradation.Reason.LOG_REFUSES, subscribers);
    }

    void writesAccepted(@Observes WritesAccepted accepted) {
        if (!degradation.isBecauseOf(Degradation.Reason.FEED_LOST)) {
            compare();
        }
        degradation.end(Degradation.Reason.LOG_REFUSES, subscribers);
    }

    /** @return what makes frames of this node's events */
    EventFrames eventFrames() {
        return eventFrames;
    }

    LogSlice read(Map<Topic, Long> after) {
        LogSlice read = reads.after(after);
        followedTopics.begunAt(read.position(), after.keySet());
        return read;
    }

    private Join fresh(Subscription subscription, LogSlice now) {
        return new Join(this, subscription, now.position(), false, Optional.empty(), now);
    }

    private Join resumed(Subscription subscription, String lastEventId) {
        Optional<EventId> last = EventId.parse(lastEventId);
        if (last.isEmpty()) {
            return reset(subscription);
        }
        LogSlice missed = reads.after(Join.after(subscription.topics(), last.get().sequence()));
        if (!missed.epoch().equals(last.get().epoch()) || missed.sequence() < last.get().sequence()) {
            return reset(subscription);
        }
        Optional<Notice> notice =
                missed.holes().isEmpty() ? Optional.empty() : Optional.of(Notice.HISTORY_GONE.of(missed.holes()));
        return new Join(this, subscription, last.get(), true, notice, missed);
    }

    private Join fromEarliest(Subscription subscription) {
        LogSlice kept = reads.after(Join.after(subscription.topics(), 0));
        LogSlice whole = new LogSlice(kept.epoch(), kept.sequence(), kept.events(), Set.of(), kept.complete());
        return new Join(this, subscription, new EventId(kept.epoch(), 0), false, Optional.empty(), whole);
    }

    private Join reset(Subscription subscription) {
        LogSlice now = reads.position();
        return new Join(this, subscription, now.position(), true, Optional.of(Notice.UNKNOWN_ID.of(subscription.topics())), now);
    }

    private synchronized FollowedTopics.Followed register(Subscription subscription) {
        Subscriber subscriber = subscription.subscriber();
        if (subscriber.hasLeft()) {
            throw new LogUnavailable(new IllegalStateException("The subscriber's connection has ended"));
        }
        subscriber.add(subscription);
        return followedTopics.add(subscription);
    }

    /** The log began anew: readers must fetch again. */
    private void beginAnew(String epoch) {
        subscribers.forEach(subscriber -> {
            subscriber.subscriptions().forEach(subscription -> subscription.beginAnew(epoch));
            subscriber.notify(Notice.NEW_EPOCH);
        });
    }
}
