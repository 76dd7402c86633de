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

    /**
     * Registers a subscriber, held back until the returned join runs. Blocks until the node follows all its topics.
     *
     * @param lastEventId what the reader had last, as it said; empty for a fresh start
     * @throws LogUnavailable if the log or the feed does not answer in time; the subscriber is not registered then
     */
    public Join join(Subscriber subscriber, String lastEventId) {
        List<Following> joined = new ArrayList<>();
        subscriber.topics().forEach(topic -> joined.add(register(subscriber, topic)));
        subscribers.add(subscriber);
        try {
            Patience.await(joined.stream().map(Following::ready).toList());
            return lastEventId.isEmpty() ? fresh(subscriber) : resumed(subscriber, lastEventId);
        } catch (LogUnavailable unavailable) {
            leave(subscriber);
            throw unavailable;
        }
    }

    /** Forgets a subscriber; harmless when it was forgotten before. */
    public void leave(Subscriber subscriber) {
        if (subscribers.remove(subscriber)) {
            subscriber.topics().forEach(topic -> unregister(subscriber, topic));
        }
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

    private Join fresh(Subscriber subscriber) {
        Replay now = log.read(Map.of(), 0);
        return new Join(this, subscriber, now.position(), Optional.empty(), now);
    }

    private Join resumed(Subscriber subscriber, String lastEventId) {
        Optional<EventId> last = EventId.parse(lastEventId);
        if (last.isEmpty()) {
            return reset(subscriber, Notice.UNKNOWN_ID);
        }
        Replay missed = log.read(Join.after(subscriber, last.get().sequence()), Join.PAGE);
        if (!missed.epoch().equals(last.get().epoch()) || missed.sequence() < last.get().sequence()) {
            return reset(subscriber, Notice.UNKNOWN_ID);
        }
        Optional<Notice> notice = missed.holes().isEmpty() ? Optional.empty() : Optional.of(Notice.HISTORY_GONE);
        return new Join(this, subscriber, last.get(), notice, missed);
    }

    private Join reset(Subscriber subscriber, Notice notice) {
        Replay now = log.read(Map.of(), 0);
        return new Join(this, subscriber, now.position(), Optional.of(notice), now);
    }

    private synchronized Following register(Subscriber subscriber, Topic topic) {
        Following following = followings.computeIfAbsent(topic, this::follow);
        following.subscribers().add(subscriber);
        return following;
    }

    private Following follow(Topic topic) {
        Following following = new Following(topic, policies.of(topic).continuity(), timer);
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

    private synchronized void unregister(Subscriber subscriber, Topic topic) {
        Following following = followings.get(topic);
        if (following != null && following.subscribers().remove(subscriber) && following.subscribers().isEmpty()) {
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
            subscribers.forEach(s -> {
                s.forgetPosition();
                s.notify(Notice.NEW_EPOCH);
            });
        }
    }
}
