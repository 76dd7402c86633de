package io.pado.presence;

import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Script;
import io.pado.realtime.log.LogUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Who is online, in Redis: each call is one atomic step of {@code presence.lua}, by Redis' own clock. Repeating a step whose answer was lost is safe. All
 * throw {@link LogUnavailable} if Redis does not answer, or refuses. Thread-safe.
 */
@ApplicationScoped
class PresenceStore {

    /** Redis does nothing else while a script runs, so long lists go in several. */
    static final int MOST = 500;

    /** After so long without a renewal a node counts as dead; it renews in a third of that. */
    static final Duration LEASE = Duration.ofSeconds(6);
    /** If nobody looked for the dead for so long, Redis was away, or all nodes were. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private static final Logger LOG = Logger.getLogger(PresenceStore.class.getName());
    /** How presence.lua refuses when keys have begun anew. */
    private static final String STRANGE = "STRANGE ";
    private static final List<String> KEYS = List.of("pado:presence:");

    private final Redis redis;
    private final PresenceConfig config;
    private final Script script = new Script("values.lua", "presence.lua");
    /** The latest time, or version, that Redis has told this node of: it may have been another Redis, whose clock was ahead of this one's. */
    private final AtomicLong latest = new AtomicLong();

    @Inject
    PresenceStore(Redis redis, PresenceConfig config) {
        this.redis = redis;
        this.config = config;
    }

    /** For the container's proxy only. */
    protected PresenceStore() {
        this(null, null);
    }

    /**
     * A stream that opened or ended.
     *
     * @param userId whose
     * @param stream its connection's name
     * @param since  milliseconds since then
     */
    record Moment(long userId, String stream, long since) {
    }

    /**
     * One step of a node's epoch.
     *
     * @param name      of the epoch
     * @param isNew     whether Redis has not confirmed the name yet
     * @param drains    whether the node is about to stop
     * @param confirmed number of the epoch's last step that was answered; 0 for none
     * @param number    of this one; higher with each try
     */
    record Step(String name, boolean isNew, boolean drains, long confirmed, long number) {
    }

    /**
     * What Redis says to a node.
     *
     * @param counts      whether the step was done; else the node needs another name
     * @param isLost      whether that is because Redis has lost steps of this name, as after a fail-over
     * @param incarnation name of what Redis holds; another one means that it has lost what it held
     * @param news        whether there is something to tell friends, or to look up in the database
     */
    record Answer(boolean counts, boolean isLost, String incarnation, boolean news) {
    }

    /**
     * A change that friends are to be told.
     *
     * @param id     its place
     * @param status what they are told
     */
    record Change(String id, StatusView status) {
    }

    /**
     * What the database knows of a user.
     *
     * @param revision counts the user's wishes
     * @param lastSeen milliseconds since 1970; empty for never
     */
    record Known(long userId, long revision, boolean hides, String lastSeen) {
    }

    /** Renews a node's lease, and notes who came and who left. */
    Answer attend(Step step, List<Moment> come, List<Moment> left) {
        List<String> arguments = new ArrayList<>(List.of(step.name(), flag(step.isNew()), flag(step.drains()), UUID.randomUUID().toString(),
                Long.toString(step.confirmed()), Long.toString(step.number()), millis(config.grace()), millis(config.moving()),
                Integer.toString(come.size())));
        come.forEach(each -> arguments.addAll(List.of(Long.toString(each.userId()), each.stream())));
        left.forEach(each -> arguments.addAll(List.of(Long.toString(each.userId()), each.stream(), Long.toString(each.since()))));
        List<?> answer = run("attend", arguments);
        heard(number(answer, 2));
        long verdict = number(answer, 0);
        return new Answer(verdict == 1, verdict < 0, (String) answer.get(1), number(answer, 3) + number(answer, 4) > 0);
    }

    /** Ends an epoch whose node stops: whoever is still held by it has the time of those that move. */
    void resign(String name) {
        run("resign", List.of(name, millis(config.moving())));
    }

    /** Ends an epoch whose node goes on under another name: whoever is still held by it has left. */
    void retire(String name) {
        run("resign", List.of(name, millis(config.grace())));
    }

    /** Looks for dead nodes and for graces that have ended. @return whether there is more to do at once */
    boolean sweep() {
        List<?> answer = run("sweep", List.of(millis(LEASE), millis(LONGEST_PAUSE), millis(quiet())));
        heard(number(answer, 1));
        return number(answer, 0) == 1;
    }

    /** How long nobody is declared offline after Redis was away. */
    Duration quiet() {
        return config.grace().compareTo(LEASE) > 0 ? config.grace() : LEASE;
    }

    /** @return users with a stream of whom Redis does not know whether they hide */
    List<Long> unknown() {
        return run("unknown", List.of()).stream().map(id -> Long.valueOf((String) id)).toList();
    }

    /** Notes what the database says; wishes older than the last one do not count. Friends see who hides as if they had left now. */
    void settle(Collection<Known> all) {
        List<String> arguments = new ArrayList<>(List.of(millis(config.grace())));
        all.forEach(each -> arguments.addAll(List.of(Long.toString(each.userId()), Long.toString(each.revision()), flag(each.hides()), each.lastSeen())));
        run("settle", arguments);
    }

    /** @param sinces milliseconds since users were active */
    void active(Map<Long, Long> sinces) {
        List<String> arguments = new ArrayList<>();
        sinces.forEach((user, since) -> arguments.addAll(List.of(user.toString(), since.toString())));
        run("active", arguments);
    }

    /** @return what friends may see of these users; of those who are not in it, or have no {@code lastSeen}, the database may know more */
    Map<Long, StatusView> states(List<Long> userIds) {
        Map<Long, StatusView> found = new LinkedHashMap<>();
        List<String> arguments = new ArrayList<>();
        userIds.forEach(id -> arguments.add(id.toString()));
        List<?> answer = run("states", arguments);
        for (int i = 0; i < userIds.size(); i++) {
            String version = (String) answer.get(4 * i + 1);
            if (!version.isEmpty()) {
                found.put(userIds.get(i), status(userIds.get(i), (String) answer.get(4 * i), version, (String) answer.get(4 * i + 2),
                        (String) answer.get(4 * i + 3)));
            }
        }
        return found;
    }

    /** @return what is still to be told, the oldest first */
    List<Change> changes() {
        List<?> answer = run("changes", List.of());
        List<Change> found = new ArrayList<>();
        for (int i = 0; i < answer.size(); i += 6) {
            List<?> each = answer.subList(i, i + 6);
            found.add(new Change((String) each.get(0), status(Long.parseLong((String) each.get(1)), (String) each.get(2), (String) each.get(3),
                    (String) each.get(4), (String) each.get(5))));
        }
        found.forEach(each -> heard(each.status().version()));
        return found;
    }

    /** These have been told. */
    void told(List<Change> changes) {
        run("told", changes.stream().map(Change::id).toList());
    }

    /** @return when users were seen last, milliseconds since 1970, that the database may not know yet */
    Map<Long, Long> unstored() {
        List<?> answer = run("unseen", List.of());
        Map<Long, Long> found = new LinkedHashMap<>();
        for (int i = 0; i < answer.size(); i += 2) {
            found.put(Long.valueOf((String) answer.get(i)), Math.round(Double.parseDouble((String) answer.get(i + 1))));
        }
        return found;
    }

    /** The database knows these now. */
    void stored(Map<Long, Long> seen) {
        List<String> arguments = new ArrayList<>();
        seen.forEach((user, at) -> arguments.addAll(List.of(user.toString(), at.toString())));
        run("stored", arguments);
    }

    private void heard(long time) {
        latest.accumulateAndGet(time, Math::max);
    }

    private List<?> run(String command, List<String> rest) {
        List<String> arguments = new ArrayList<>(rest.size() + 2);
        arguments.add(command);
        arguments.add(latest.toString());
        arguments.addAll(rest);
        try {
            return done(arguments);
        } catch (JedisException away) {
            throw new LogUnavailable(away);
        }
    }

    private List<?> done(List<String> arguments) {
        try {
            return script.run(redis.commands(), KEYS, arguments) instanceof List<?> answer ? answer : List.of();
        } catch (JedisDataException refusal) {
            String cause = String.valueOf(refusal.getMessage());
            if (!cause.startsWith(STRANGE)) {
                throw refusal;
            }
            LOG.log(Level.WARNING, "Presence has begun anew, for something else was in Redis where it keeps {0}", cause.substring(STRANGE.length()));
            return done(arguments);
        }
    }

    private static StatusView status(long userId, String online, String version, String active, String seen) {
        return new StatusView(userId, online.equals("1"), time(active), time(seen), Long.parseLong(version));
    }

    private static Instant time(String millis) {
        return millis.isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static long number(List<?> answer, int at) {
        return (Long) answer.get(at);
    }

    private static String flag(boolean value) {
        return value ? "1" : "0";
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
