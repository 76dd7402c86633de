package io.pado.realtime;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * This node's subscribers by topic. Announcements come in on one thread, in the order of the log, and are handed to the outboxes
 * of the topic's subscribers. A hole in the order, or a feed that was cut, is healed from the log, for all topics at one moment, before
 * anything newer is handed out. A topic is followed while it has subscribers here.
 */
@ApplicationScoped
public class Hub {

    private static final Logger LOG = Logger.getLogger(Hub.class.getName());
    private static final int HEAL_PAGE = 500;
    private static final int COMPARED_SECONDS = 5;

    private final EventLog log;
    private final TopicFeed feed;
    private final TopicPolicies policies;
    private final Executor writers;
    private final ScheduledExecutorService timer;
    private final Delivery delivery;
    private final ReentrantLock order = new ReentrantLock();
    private final Map<Topic, Following> followings = new ConcurrentHashMap<>();
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private volatile String epoch = "";
    private volatile long highest;
    private volatile boolean degraded;
    private Future<?> comparing;

    @Inject
    Hub(EventLog log, TopicFeed feed, TopicPolicies policies, Executor writers,
            ScheduledExecutorService timer) {
        this.log = log;
        this.feed = feed;
        this.policies = policies;
        this.writers = writers;
        this.timer = timer;
        this.delivery = new Delivery(timer);
    }

    /** For the container's proxy only. */
    protected Hub() {
        this(null, null, null, null, null);
    }

    /** @return the subscribers of this node, live view */
    public Set<Subscriber> subscribers() {
        return subscribers;
    }

    /** @return the topics that this node follows, live view */
    public Set<Topic> topics() {
        return followings.keySet();
    }

    /** Adds a subscriber, which listens to nothing yet; whoever adds one has to see to it that it leaves. */
    public synchronized void enter(Subscriber subscriber) {
        if (!subscriber.hasLeft()) {
            subscribers.add(subscriber);
        }
    }

    /**
     * Has a subscriber listen to topics, held back until the returned join begins. Blocks until the node follows all of them.
     *
     * @param topics      the caller's right to read them has been checked
     * @param lastEventId what the reader had last, as it said; empty for a fresh start
     * @throws LogUnavailable if the log or the feed does not answer in time; the subscriber does not listen to them then
     */
    public Join join(Subscriber subscriber, Set<Topic> topics, String lastEventId) {
        Subscription subscription = new Subscription(subscriber, topics);
        boolean joined = false;
        try {
            Patience.await(register(subscription).stream().map(Following::ready).toList());
            Join join = lastEventId.isEmpty() ? fresh(subscription) : resumed(subscription, lastEventId);
            if (degraded) {
                subscriber.notify(Notice.DEGRADED);
            }
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
            subscription.subscriber().remove(subscription);
            subscription.topics().forEach(topic -> unregister(subscription, topic));
        }
    }

    /** Forgets a subscriber and all its subscriptions, for good; harmless when it was forgotten before. */
    public synchronized void leave(Subscriber subscriber) {
        List<Subscription> all = subscriber.subscriptions();
        subscribers.remove(subscriber);
        subscriber.leave();
        all.forEach(subscription -> subscription.topics().forEach(topic -> unregister(subscription, topic)));
    }

    void announced(@Observes Announcement announcement) {
        Envelope envelope = announcement.envelope();
        Following following = followings.get(envelope.topic());
        if (following == null) {
            return;
        }
        order.lock();
        try {
            adopt(envelope.id().epoch());
            highest = Math.max(highest, envelope.id().sequence());
            if (following.misses(announcement.previous())) {
                heal();
            }
            delivery.hand(following, envelope);
        } finally {
            order.unlock();
        }
    }

    void start(@Observes Startup startup) {
        comparing = timer.scheduleWithFixedDelay(() -> writers.execute(this::compareUnlessLost), COMPARED_SECONDS, COMPARED_SECONDS,
                TimeUnit.SECONDS);
    }

    void stop(@Observes Shutdown shutdown) {
        comparing.cancel(false);
    }

    /**
     * Asks the log where the followed topics stand, and hands out what no announcement told of: plain pub/sub forgets what a node could
     * not take in time, and nobody tells of the last one that was lost.
     *
     * @throws LogUnavailable if the log does not answer
     */
    void compare() {
        // Before the log is asked: it goes on meanwhile.
        EventId seen = new EventId(epoch, highest);
        EventLog.Tops now = log.tops(followings.keySet());
        order.lock();
        try {
            if (now.epoch().equals(seen.epoch()) && now.sequence() < seen.sequence()) {
                adopt(log.beginAnew(seen.epoch()));
                return;
            }
            adopt(now.epoch().isEmpty() ? log.read(Map.of(), 0).epoch() : now.epoch());
            if (now.tops().entrySet().stream().anyMatch(top -> isBehind(top.getKey(), top.getValue()))) {
                heal();
            }
        } finally {
            order.unlock();
        }
    }

    private boolean isBehind(Topic topic, long top) {
        Following following = followings.get(topic);
        return following != null && following.misses(top);
    }

    private void compareUnlessLost() {
        if (degraded || followings.isEmpty()) {
            return;
        }
        try {
            compare();
        } catch (LogUnavailable away) {
            LOG.log(Level.FINE, "The log could not be compared with; that is tried again", away);
        }
    }

    void feedLost(@Observes FeedLost lost) {
        degraded = true;
        delivery.flush();
        subscribers.forEach(s -> s.notify(Notice.DEGRADED));
    }

    void feedRestored(@Observes FeedRestored restored) {
        compare();
        if (degraded) {
            degraded = false;
            subscribers.forEach(s -> s.notify(Notice.RECOVERED));
        }
    }

    Replay read(Map<Topic, Long> after, int limit) {
        return log.read(after, limit);
    }

    private Join fresh(Subscription subscription) {
        Replay now = log.read(Map.of(), 0);
        return new Join(this, subscription, now.position(), false, Optional.empty(), now);
    }

    private Join resumed(Subscription subscription, String lastEventId) {
        Optional<EventId> last = EventId.parse(lastEventId);
        if (last.isEmpty()) {
            return reset(subscription);
        }
        Replay missed = log.read(Join.after(subscription.topics(), last.get().sequence()), Join.PAGE);
        if (!missed.epoch().equals(last.get().epoch()) || missed.sequence() < last.get().sequence()) {
            return reset(subscription);
        }
        Optional<Notice> notice =
                missed.holes().isEmpty() ? Optional.empty() : Optional.of(Notice.HISTORY_GONE.of(missed.holes()));
        return new Join(this, subscription, last.get(), true, notice, missed);
    }

    private Join reset(Subscription subscription) {
        Replay now = log.read(Map.of(), 0);
        return new Join(this, subscription, now.position(), true, Optional.of(Notice.UNKNOWN_ID.of(subscription.topics())), now);
    }

    private synchronized List<Following> register(Subscription subscription) {
        Subscriber subscriber = subscription.subscriber();
        if (subscriber.hasLeft()) {
            throw new LogUnavailable(new IllegalStateException("The subscriber's connection has ended"));
        }
        subscriber.add(subscription);
        List<Following> joined = new ArrayList<>();
        for (Topic topic : subscription.topics()) {
            Following following = followings.computeIfAbsent(topic, this::follow);
            following.subscriptions().add(subscription);
            joined.add(following);
        }
        return joined;
    }

    private Following follow(Topic topic) {
        Following following = new Following(policies.of(topic).continuity(topic));
        feed.follow(topic)
                .thenRunAsync(() -> start(following), writers)
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        following.ready().complete(null);
                    } else {
                        following.ready().completeExceptionally(failure);
                    }
                });
        return following;
    }

    private void start(Following following) {
        Replay now = log.read(Map.of(), 0);
        adopt(now.epoch());
        following.startAt(now.sequence());
    }

    private void unregister(Subscription subscription, Topic topic) {
        Following following = followings.get(topic);
        if (following != null && following.subscriptions().remove(subscription) && following.subscriptions().isEmpty()) {
            followings.remove(topic);
            feed.unfollow(topic);
        }
    }

    /** All topics at one moment: what one of them missed may be older than what others have handed out already, but never newer. */
    private void heal() {
        Map<Topic, Long> after = new HashMap<>();
        followings.forEach((topic, following) -> {
            long top = following.top();
            if (top >= 0) {
                after.put(topic, top);
            }
        });
        Replay page;
        do {
            page = log.read(after, HEAL_PAGE);
            page.holes().forEach(topic -> tell(topic, Notice.HISTORY_GONE.of(Set.of(topic))));
            page.events().forEach(this::deliver);
            long reach = page.reach();
            after.replaceAll((topic, reached) -> Math.max(reached, reach));
        } while (!page.complete());
        delivery.flush();
    }

    private void deliver(Envelope envelope) {
        Following following = followings.get(envelope.topic());
        if (following != null) {
            delivery.hand(following, envelope);
        }
    }

    private void tell(Topic topic, Notice notice) {
        delivery.flush();
        Following following = followings.get(topic);
        if (following != null) {
            following.tell(notice);
        }
    }

    /** Notices that the log began anew: the old numbers mean nothing any more, and readers must fetch again. */
    private synchronized void adopt(String current) {
        boolean replaced = !epoch.isEmpty() && !epoch.equals(current);
        epoch = current;
        if (replaced) {
            highest = 0;
            delivery.flush();
            followings.values().forEach(Following::forgetPosition);
            subscribers.forEach(subscriber -> {
                subscriber.subscriptions().forEach(subscription -> subscription.beginAnew(current));
                subscriber.notify(Notice.NEW_EPOCH);
            });
        }
    }
}
