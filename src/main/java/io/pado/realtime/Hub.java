package io.pado.realtime;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * This node's subscribers by topic. Announcements come in on one thread, in the order of the log, and are handed to the outboxes
 * of the topic's subscribers. A hole in the order, or a feed that was cut, is healed from the log before anything newer is handed
 * out. A topic is followed while it has subscribers here.
 */
@ApplicationScoped
public class Hub {

    private static final int HEAL_PAGE = 500;

    private final EventLog log;
    private final TopicFeed feed;
    private final TopicPolicies policies;
    private final Executor writers;
    private final ScheduledExecutorService timer;
    private final Map<Topic, Following> followings = new ConcurrentHashMap<>();
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private volatile String epoch = "";
    private volatile boolean degraded;

    @Inject
    Hub(EventLog log, TopicFeed feed, TopicPolicies policies, Executor writers,
            ScheduledExecutorService timer) {
        this.log = log;
        this.feed = feed;
        this.policies = policies;
        this.writers = writers;
        this.timer = timer;
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
        adopt(envelope.id().epoch());
        if (following.misses(announcement.previous())) {
            heal(Map.of(envelope.topic(), following.top()));
        }
        following.deliver(envelope);
    }

    void feedLost(@Observes FeedLost lost) {
        degraded = true;
        subscribers.forEach(s -> s.notify(Notice.DEGRADED));
    }

    void feedRestored(@Observes FeedRestored restored) {
        adopt(log.read(Map.of(), 0).epoch());
        Map<Topic, Long> tops = new HashMap<>();
        followings.forEach((topic, following) -> {
            if (following.top() >= 0) {
                tops.put(topic, following.top());
            }
        });
        heal(tops);
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
        Following following = new Following(topic, policies.of(topic).continuity(topic), timer);
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

    private void heal(Map<Topic, Long> tops) {
        Map<Topic, Long> after = new HashMap<>(tops);
        Replay page;
        do {
            page = log.read(after, HEAL_PAGE);
            page.holes().forEach(topic -> tell(topic, Notice.HISTORY_GONE));
            page.events().forEach(this::deliver);
            long reach = page.reach();
            after.replaceAll((topic, reached) -> Math.max(reached, reach));
        } while (!page.complete());
    }

    private void deliver(Envelope envelope) {
        Following following = followings.get(envelope.topic());
        if (following != null) {
            following.deliver(envelope);
        }
    }

    private void tell(Topic topic, Notice notice) {
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
            followings.values().forEach(Following::forgetPosition);
            subscribers.forEach(subscriber -> {
                subscriber.subscriptions().forEach(subscription -> subscription.beginAnew(current));
                subscriber.notify(Notice.NEW_EPOCH);
            });
        }
    }
}
