package io.pado.realtime.redis;

import io.pado.identity.Caller;
import io.pado.platform.BackgroundLoop;
import io.pado.platform.redis.Redis;
import io.pado.realtime.Envelope;
import io.pado.realtime.Renewals;
import io.pado.realtime.Tap;
import io.pado.realtime.audience.Audiences;
import io.pado.realtime.hub.Hub;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.WritesAccepted;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.params.SetParams;

/**
 * One key for each open stream with a token, {@code pado:stream:<connection id>}: user, end, login and roles of the latest token. What is lost with the log,
 * or could not be written, is written again, some at a time.
 */
@ApplicationScoped
public class RedisRenewals implements Renewals, Tap {

    private static final String KEY = "pado:stream:";
    private static final Duration LONGER = Duration.ofMinutes(1);
    private static final String BETWEEN = " ";
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}) (\\d{1,15}) (\\S+) (.*)", Pattern.DOTALL);

    private static final int MAX_OWED = 50_000;
    private static final int AT_ONCE = 200;
    private static final long BETWEEN_MILLIS = 50;
    /** A nudge ends it. */
    private static final long REST_MILLIS = 10_000;
    private static final Logger LOG = Logger.getLogger(RedisRenewals.class.getName());

    private final Map<String, Caller> owed = new ConcurrentHashMap<>();
    private final BackgroundLoop loop = new BackgroundLoop("renewals", this::writeSome);

    @Inject
    private Redis redis;
    @Inject
    private Clock clock;
    @Inject
    private Hub hub;
    @Resource
    private ManagedThreadFactory threads;

    void start(@Observes Startup startup) {
        loop.start(threads);
        hub.tap(Audiences.TOPIC, this);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    @Override
    public void heard(Envelope event) {
        // Nothing was lost.
    }

    /** Redis may have lost its data: the streams of this node are open all the same. */
    @Override
    public void missed() {
        hub.subscribers().stream().filter(subscriber -> subscriber.caller().userId().isPresent())
                .forEach(subscriber -> owe(subscriber.id(), subscriber.caller()));
        loop.nudge();
    }

    @Override
    public void opened(String connectionId, Caller caller) {
        try {
            write(connectionId, caller);
        } catch (LogRefused refused) {
            // The stream may open; it is written down once that is possible.
            LOG.log(Level.FINE, "An open stream could not be written down", refused);
            owe(connectionId, caller);
        }
    }

    void writesAccepted(@Observes WritesAccepted accepted) {
        loop.nudge();
    }

    private void owe(String connectionId, Caller caller) {
        if (owed.size() < MAX_OWED) {
            owed.put(connectionId, caller);
        }
    }

    private long writeSome() {
        owed.values().removeIf(caller -> !caller.expiresAt().isAfter(clock.instant()));
        List<String> some = owed.keySet().stream().limit(AT_ONCE).toList();
        for (String each : some) {
            write(each, owed.get(each));
            owed.remove(each);
        }
        return owed.isEmpty() ? REST_MILLIS : BETWEEN_MILLIS;
    }

    /** What is there already is as new, or newer. */
    private void write(String connectionId, Caller caller) {
        RedisCalls.retry(() -> redis.commands().set(KEY + connectionId, text(caller), keptFor(caller).nx()));
    }

    @Override
    public boolean renew(String connectionId, Caller fresh) {
        boolean theirs = latest(connectionId).map(Caller::userId).filter(fresh.userId()::equals).isPresent();
        return theirs
                && RedisCalls.retry(() -> redis.commands().set(KEY + connectionId, text(fresh), keptFor(fresh).xx())) != null;
    }

    @Override
    public Optional<Caller> latest(String connectionId) {
        return Optional.ofNullable(RedisCalls.retry(() -> redis.commands().get(KEY + connectionId))).flatMap(RedisRenewals::caller);
    }

    private SetParams keptFor(Caller caller) {
        return new SetParams().ex(Math.max(1, Duration.between(clock.instant(), caller.expiresAt()).plus(LONGER).toSeconds()));
    }

    private static String text(Caller caller) {
        return String.join(BETWEEN, Long.toString(caller.userId().orElseThrow()), Long.toString(caller.expiresAt().getEpochSecond()),
                caller.session().isEmpty() ? "-" : caller.session(), String.join(",", caller.roles()));
    }

    /** @return nobody if a foreign hand has written something else */
    private static Optional<Caller> caller(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches() ? Optional.of(new Caller(OptionalLong.of(Long.parseLong(parts.group(1))), Set.copyOf(List.of(parts.group(4).split(","))),
                Instant.ofEpochSecond(Long.parseLong(parts.group(2))), parts.group(3).equals("-") ? "" : parts.group(3))) : Optional.empty();
    }
}
