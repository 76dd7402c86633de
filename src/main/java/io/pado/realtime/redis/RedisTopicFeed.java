package io.pado.realtime.redis;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.redis.Redis;
import io.pado.realtime.Topic;
import io.pado.realtime.log.Announcement;
import io.pado.realtime.log.FeedLost;
import io.pado.realtime.log.FeedRestored;
import io.pado.realtime.log.TopicFeed;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The Redis listener: turns announcements of followed topics into CDI events, on one thread, in order. One pub/sub connection for
 * all topics, since only within one connection Redis keeps the order. When the connection was lost, it follows all topics again
 * and says {@link FeedRestored} before it hands out anything new. Nobody holds a lock while something is sent to Redis: what is to be sent waits in one order, and
 * one thread at a time sends it.
 */
@ApplicationScoped
public class RedisTopicFeed implements TopicFeed {

    private static final Logger LOG = Logger.getLogger(RedisTopicFeed.class.getName());
    /** Keeps the connection subscribed to something while no topic is followed. */
    private static final String ALWAYS = "pado:nodes";
    private static final int PING_SECONDS = 3;

    @Inject
    private Redis redis;
    @Inject
    private Event<Announcement> announcements;
    @Inject
    private Event<FeedLost> losses;
    @Inject
    private Event<FeedRestored> restorations;
    @Resource
    private ManagedThreadFactory threads;
    @Resource
    private ManagedScheduledExecutorService timer;

    private final BackgroundLoop loop = new BackgroundLoop("feed", this::listen);

    private Future<?> pings;

    // Guarded by this.
    private final Map<String, Followed> followed = new HashMap<>();
    private final Set<String> restoring = new HashSet<>();
    private PubSubConnection subscription; // null while there is no connection
    private boolean restored;

    /** In the order in which it was found necessary; added to under the lock. */
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger due = new AtomicInteger();

    /** What is to be said on a connection. */
    private record Command(PubSubConnection to, Consumer<PubSubConnection> what) {
    }

    void start(@Observes Startup startup) {
        loop.start(threads);
        pings = timer.scheduleWithFixedDelay(this::ping, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        pings.cancel(false);
        loop.stop();
        leave();
    }

    @Override
    public CompletionStage<Void> follow(Set<Topic> topics) {
        List<CompletableFuture<Void>> confirmed = new ArrayList<>();
        synchronized (this) {
            for (Topic topic : topics) {
                Followed entry = new Followed();
                followed.put(Keys.channel(topic), entry);
                entry.unconfirmed++;
                confirmed.add(entry.confirmed);
            }
            add(s -> s.subscribe(channels(topics)));
        }
        send();
        return CompletableFuture.allOf(confirmed.toArray(CompletableFuture[]::new));
    }

    @Override
    public void unfollow(Set<Topic> topics) {
        synchronized (this) {
            topics.forEach(topic -> followed.remove(Keys.channel(topic)));
            add(s -> s.unsubscribe(channels(topics)));
        }
        send();
    }

    private static String[] channels(Set<Topic> topics) {
        return topics.stream().map(Keys::channel).toArray(String[]::new);
    }

    /** Listens until the connection ends, which it reports by an exception. */
    private long listen() {
        try {
            PubSubConnection.listen(redis, this::confirmed, this::announced, ALWAYS);
        } finally {
            lost();
        }
        return 0;
    }

    private void confirmed(PubSubConnection confirming, String channel) {
        if (channel.equals(ALWAYS)) {
            begin(confirming);
            send();
        } else {
            confirm(channel);
        }
        if (isJustRestored(confirming)) {
            loop.working();
            restorations.fire(new FeedRestored());
        }
    }

    private synchronized void begin(PubSubConnection started) {
        subscription = started;
        followed.values().forEach(entry -> entry.unconfirmed = 1);
        restoring.addAll(followed.keySet());
        if (!restoring.isEmpty()) {
            String[] again = restoring.toArray(String[]::new);
            add(s -> s.subscribe(again));
        }
    }

    private synchronized void confirm(String channel) {
        restoring.remove(channel);
        Followed entry = followed.get(channel);
        // A topic left and followed again is confirmed twice, and only the second time counts.
        if (entry != null && --entry.unconfirmed == 0) {
            entry.confirmed.complete(null);
        }
    }

    private synchronized boolean isJustRestored(PubSubConnection confirming) {
        boolean now = !restored && confirming == subscription && restoring.isEmpty();
        restored |= now;
        return now;
    }

    /** What comes in while topics are still being followed again is in the log, and is read from there. */
    private void announced(String channel, String text) {
        synchronized (this) {
            if (!restored) {
                return;
            }
        }
        Announcement announcement;
        try {
            announcement = AnnouncementText.parse(Keys.topicOf(channel), text);
        } catch (IllegalArgumentException foreign) {
            LOG.log(Level.WARNING, "Ignored what is no announcement on {0}: {1}", new Object[] {channel, foreign.getMessage()});
            return;
        }
        announcements.fire(announcement);
    }

    private void lost() {
        if (forget()) {
            losses.fire(new FeedLost());
        }
    }

    /** @return whether there was a subscription that told everything */
    private synchronized boolean forget() {
        boolean wasRestored = restored;
        restored = false;
        subscription = null;
        restoring.clear();
        return wasRestored;
    }

    /**
     * Announcements go out on another server now: the connection is ended, and the listening thread opens another one. That it is lost is told before this
     * returns, for what observes the change after this says that all is well again.
     */
    void moved(@Observes ServerChanged change) {
        if (leave()) {
            losses.fire(new FeedLost());
        }
    }

    /** @return whether a connection that told everything was ended */
    private boolean leave() {
        PubSubConnection left;
        boolean toldEverything;
        synchronized (this) {
            // In one step, or a newer connection could be forgotten than the one that is ended.
            left = subscription;
            toldEverything = forget();
        }
        if (left != null) {
            left.disconnect();
        }
        return toldEverything;
    }

    /** A connection that was silent for too long is ended at once, whoever waits to say something on it. */
    private void ping() {
        PubSubConnection current;
        synchronized (this) {
            current = subscription;
        }
        if (current == null || current.endIfSilent()) {
            return;
        }
        synchronized (this) {
            add(PubSubConnection::ask);
        }
        timer.execute(this::send);
    }

    /** Guarded by this. */
    private void add(Consumer<PubSubConnection> command) {
        if (subscription != null) {
            commands.add(new Command(subscription, command));
        }
    }

    /** Sends what waits, or leaves it to the thread that is at it. Redis may be slow to take it. */
    private void send() {
        if (due.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            for (Command next = commands.poll(); next != null; next = commands.poll()) {
                say(next);
            }
            seen = due.addAndGet(-seen);
        } while (seen > 0);
    }

    private static void say(Command command) {
        try {
            command.what().accept(command.to());
        } catch (JedisException broken) {
            LOG.log(Level.FINE, "The listening thread will notice that the connection is gone", broken);
        } catch (RuntimeException fault) {
            // What waits behind it must be said all the same.
            LOG.log(Level.SEVERE, "Something could not be said to Redis", fault);
        }
    }

    private static final class Followed {

        private final CompletableFuture<Void> confirmed = new CompletableFuture<>();
        private int unconfirmed;
    }
}
