package io.pado.realtime.hub;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Tap;
import io.pado.realtime.Topic;
import io.pado.realtime.log.Announcement;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.LogSlice;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.log.TopicFeed;
import io.pado.realtime.policy.TopicPolicies;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The topics that this node follows, each while it has subscribers here. Announcements come in on one thread, in the order of the log,
 * and go to the {@link Delivery}. A hole in the order, or a feed that was cut, is healed from the log, for all topics at one moment,
 * before anything newer is handed out. Thread-safe.
 */
final class FollowedTopics {

    private static final int HEAL_PAGE = 500;

    private final EventLog log;
    private final LogReads reads;
    private final TopicFeed feed;
    private final TopicPolicies policies;
    private final Executor writers;
    private final Delivery delivery;
    private final Consumer<String> onNewEpoch;
    private final Map<Topic, FollowedTopic> all = new ConcurrentHashMap<>();
    /** Held by whoever hands out: nothing newer may overtake what is read from the log meanwhile. */
    private final ReentrantLock order = new ReentrantLock();
    private volatile EventId seen = new EventId("", 0);
    /** Up to where everything was handed out, of all topics; at least. */
    private volatile EventId reached = seen;

    /**
     * What follows some topics.
     *
     * @param ready done when announcements of all of them reach this node; with the place where they begin if this node followed none of them before: then
     *              nobody needs to ask the log again
     */
    record Followed(List<FollowedTopic> topics, CompletableFuture<Optional<LogSlice>> ready) {
    }

    /** @param onNewEpoch hears of it when the log began anew, after everything of the old one was handed out */
    FollowedTopics(EventLog log, LogReads reads, TopicFeed feed, TopicPolicies policies, Executor writers, Delivery delivery,
            Consumer<String> onNewEpoch) {
        this.log = log;
        this.reads = reads;
        this.feed = feed;
        this.policies = policies;
        this.writers = writers;
        this.delivery = delivery;
        this.onNewEpoch = onNewEpoch;
    }

    Set<Topic> topics() {
        return all.keySet();
    }

    /** @return those with the most readers, and of those the busiest, first */
    List<TopicTraffic> traffic(int most) {
        return all.entrySet().stream().map(each -> each.getValue().traffic(each.getKey()))
                .sorted(Comparator.comparingInt(TopicTraffic::readers).thenComparingLong(TopicTraffic::events).reversed()).limit(most).toList();
    }

    /** Has a subscription hear its topics, held back until it goes live. Its share may refuse. */
    synchronized Followed add(Subscription subscription) {
        Followed followed = followed(subscription.topics(), subscription.subscriber().share());
        followed.topics().forEach(followedTopic -> followedTopic.subscriptions().add(subscription));
        return followed;
    }

    /** Has a topic heard for as long as this node runs. @return done when its announcements reach this node */
    synchronized CompletionStage<Void> add(Tap tap, Topic topic) {
        FollowedTopic followedTopic = followed(Set.of(topic), TopicShare.ANY).topics().get(0);
        followedTopic.taps().add(tap);
        return followedTopic.ready();
    }

    /** Tells taps of a reader that begins at a place of the log, if this node has not come as far. */
    void begunAt(EventId place, Set<Topic> topics) {
        EventId here = reached;
        if (place.sequence() > here.sequence() || !place.epoch().equals(here.epoch())) {
            topics.stream().map(all::get).filter(Objects::nonNull).forEach(followedTopic -> followedTopic.taps().forEach(Tap::overtaken));
        }
    }

    synchronized void remove(Subscription subscription, Set<Topic> topics) {
        Set<Topic> unheard = new HashSet<>();
        for (Topic topic : topics) {
            FollowedTopic followedTopic = all.get(topic);
            if (followedTopic != null && followedTopic.subscriptions().remove(subscription) && followedTopic.isUnheard()) {
                all.remove(topic);
                followedTopic.share().giveBack();
                unheard.add(topic);
            }
        }
        if (!unheard.isEmpty()) {
            feed.unfollow(unheard);
        }
    }

    /** Hands out what was announced, after what is missing before it. */
    void take(Announcement announcement) {
        Envelope envelope = announcement.envelope();
        FollowedTopic followedTopic = all.get(envelope.topic());
        if (followedTopic == null) {
            return;
        }
        order.lock();
        try {
            adopt(envelope.id());
            if (followedTopic.misses(announcement.previous())) {
                heal(reads.tops(all.keySet()));
            }
            delivery.hand(followedTopic, envelope);
            reached = seen;
        } finally {
            order.unlock();
        }
    }

    /**
     * Asks the log where the topics stand, and hands out what no announcement told of: plain pub/sub forgets what a node could not take in
     * time, and nobody tells of the last one that was lost. A log whose numbers went back gets a new epoch.
     *
     * @throws LogUnavailable if the log does not answer
     */
    void compare() {
        EventId before;
        do {
            before = seen;
        } while (!compare(before, reads.tops(all.keySet())));
    }

    /** @return false if the log began anew while it was asked, so that the answer says nothing */
    private boolean compare(EventId before, EventLog.Tops now) {
        order.lock();
        try {
            if (!seen.epoch().equals(before.epoch())) {
                return false;
            }
            if (now.epoch().equals(before.epoch()) && now.sequence() < before.sequence()) {
                adopt(new EventId(log.beginAnew(before.epoch()), 0));
                return true;
            }
            adopt(new EventId(now.epoch().isEmpty() ? log.read(Map.of(), 0).epoch() : now.epoch(), now.sequence()));
            heal(now);
            reached = seen;
            return true;
        } finally {
            order.unlock();
        }
    }

    /**
     * Runs a task while nothing is handed out.
     *
     * @param task gets a place up to which everything was handed out, of all topics
     */
    void inBetween(Consumer<EventId> task) {
        order.lock();
        try {
            delivery.flush();
            task.accept(reached);
        } finally {
            order.unlock();
        }
    }

    /** @return the last event that a subscriber was given live, of all its topics; nothing while one of its subscriptions joins */
    Optional<EventId> lastOf(Subscriber subscriber) {
        List<Subscription> subscriptions = subscriber.subscriptions();
        if (!subscriptions.stream().allMatch(Subscription::isLive)) {
            return Optional.empty();
        }
        return subscriptions.stream().flatMap(subscription -> subscription.topics().stream().map(all::get).filter(Objects::nonNull)
                .flatMap(followedTopic -> followedTopic.handedOut().stream()).filter(subscription::hadLive))
                .max(Comparator.comparingLong(EventId::sequence));
    }

    /** Hands out what waits for more. */
    void flush() {
        delivery.flush();
    }

    /** Those that are new are followed in one step. */
    private Followed followed(Set<Topic> topics, TopicShare share) {
        share.take((int) topics.stream().filter(topic -> !all.containsKey(topic)).count());
        Map<Topic, FollowedTopic> fresh = new HashMap<>();
        List<FollowedTopic> followed = topics.stream().map(topic -> all.compute(topic, (name, known) -> {
            if (known != null && !known.ready().isCompletedExceptionally()) {
                return known;
            }
            FollowedTopic followedTopic = new FollowedTopic(policies.of(name).slowReaders(name), known == null ? share : known.share());
            if (known != null) {
                // Following it failed, and only its taps have stayed.
                followedTopic.taps().addAll(known.taps());
            }
            fresh.put(name, followedTopic);
            return followedTopic;
        })).toList();
        CompletableFuture<?> ready = CompletableFuture.allOf(followed.stream().map(FollowedTopic::ready).toArray(CompletableFuture[]::new));
        if (fresh.isEmpty()) {
            return new Followed(followed, ready.thenApply(all -> Optional.empty()));
        }
        CompletableFuture<LogSlice> begun = feed.follow(fresh.keySet()).thenCompose(confirmed -> reads.positionLater())
                .thenApplyAsync(now -> start(fresh.values(), now), writers).toCompletableFuture();
        begun.whenComplete((done, failure) -> fresh.values().forEach(followedTopic -> followedTopic.becomeReady(failure)));
        boolean allNew = fresh.size() == followed.size();
        return new Followed(followed, ready.thenCombine(begun, (all, position) -> allNew ? Optional.of(position) : Optional.empty()));
    }

    /**
     * @param read where the log stood after the feed had confirmed that it tells of them
     * @return where they begin
     */
    private LogSlice start(Collection<FollowedTopic> fresh, LogSlice read) {
        order.lock();
        try {
            // It may have begun anew in between.
            LogSlice now = read.epoch().equals(seen.epoch()) ? read : log.read(Map.of(), 0);
            adopt(now.position());
            fresh.forEach(followedTopic -> followedTopic.startAt(now.sequence()));
            return now;
        } finally {
            order.unlock();
        }
    }

    private boolean isBehind(Topic topic, long top) {
        FollowedTopic followedTopic = all.get(topic);
        return followedTopic != null && followedTopic.misses(top);
    }

    /**
     * Hands out what the topics that are behind had at one moment, and nothing newer: what one topic missed may be older than what others have
     * handed out already, but never newer than what they have yet to hand out.
     *
     * @param now where all topics stood at that moment
     */
    private void heal(EventLog.Tops now) {
        Map<Topic, Long> after = new HashMap<>();
        now.tops().forEach((topic, top) -> {
            if (isBehind(topic, top)) {
                after.put(topic, all.get(topic).top());
            }
        });
        boolean more = !after.isEmpty();
        while (more) {
            LogSlice page = log.read(after, HEAL_PAGE);
            page.holes().forEach(this::tellOfHole);
            page.events().stream().filter(event -> event.id().sequence() <= now.sequence()).forEach(this::deliver);
            long reach = page.reach();
            after.replaceAll((topic, reached) -> Math.max(reached, reach));
            more = !page.complete() && reach < now.sequence();
        }
        delivery.flush();
    }

    private void deliver(Envelope envelope) {
        FollowedTopic followedTopic = all.get(envelope.topic());
        if (followedTopic != null) {
            delivery.hand(followedTopic, envelope);
        }
    }

    private void tellOfHole(Topic topic) {
        delivery.flush();
        FollowedTopic followedTopic = all.get(topic);
        if (followedTopic != null) {
            followedTopic.tellOfHole(topic);
        }
    }

    /** Notes how far the log has come; if it began anew, the old numbers mean nothing any more. */
    private void adopt(EventId now) {
        boolean replaced = !seen.epoch().isEmpty() && !seen.epoch().equals(now.epoch());
        boolean further = replaced || seen.epoch().isEmpty() || now.sequence() > seen.sequence();
        seen = further ? now : seen;
        if (replaced) {
            delivery.flush();
            reached = new EventId(now.epoch(), 0);
            all.values().forEach(FollowedTopic::forgetPosition);
            all.values().forEach(followedTopic -> followedTopic.taps().forEach(Tap::missed));
            onNewEpoch.accept(now.epoch());
        }
    }
}
