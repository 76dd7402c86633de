package io.pado.presence;

import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Script;
import io.pado.realtime.LogUnavailable;
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

    private static final List<String> KEYS = List.of("pado:presence:");

    private final Redis redis;
    private final PresenceConfig config;
    private final Script script = new Script("presence.lua");

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
     * What Redis says to a node.
     *
     * @param counts      false if the node's name does not count any more: nothing was done, and it needs another one
     * @param incarnation name of what Redis holds; another one means that it has lost what it held
     * @param held        how many streams it holds under this name
     * @param news        whether there is something to tell friends, or to look up in the database
     */
    record Answer(boolean counts, String incarnation, long held, boolean news) {
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

    /**
     * Renews a node's lease, and notes who came and who left.
     *
     * @param name   of the node's present epoch
     * @param isNew  whether Redis has not confirmed the name yet
     * @param drains whether the node is about to stop
     */
    Answer attend(String name, boolean isNew, boolean drains, List<Moment> come, List<Moment> left) {
        List<String> arguments = new ArrayList<>(List.of("attend", name, flag(isNew), flag(drains), UUID.randomUUID().toString(),
                millis(config.grace()), millis(config.moving()), Integer.toString(come.size())));
        come.forEach(each -> arguments.addAll(List.of(Long.toString(each.userId()), each.stream())));
        left.forEach(each -> arguments.addAll(List.of(Long.toString(each.userId()), each.stream(), Long.toString(each.since()))));
        List<?> answer = run(arguments);
        return new Answer(number(answer, 0) == 1, (String) answer.get(1), number(answer, 2), number(answer, 3) + number(answer, 4) > 0);
    }

    /** Ends an epoch in order: whoever is still held by it has the time of those that move. */
    void resign(String name) {
        run(List.of("resign", name));
    }

    /** Looks for dead nodes and for graces that have ended. @return whether there is more to do at once */
    boolean sweep() {
        return number(run(List.of("sweep", millis(LEASE), millis(config.grace()), millis(config.moving()), millis(LONGEST_PAUSE),
                millis(quiet()))), 0) == 1;
    }

    /** How long nobody is declared offline after Redis was away. */
    Duration quiet() {
        return config.grace().compareTo(LEASE) > 0 ? config.grace() : LEASE;
    }

    /** @return users with a stream of whom Redis does not know whether they hide */
    List<Long> unknown() {
        return run(List.of("unknown")).stream().map(id -> Long.valueOf((String) id)).toList();
    }

    void settle(Collection<Known> all) {
        List<String> arguments = new ArrayList<>(List.of("settle"));
        all.forEach(each -> arguments.addAll(List.of(Long.toString(each.userId()), Long.toString(each.revision()), flag(each.hides()), each.lastSeen())));
        run(arguments);
    }

    /** Has a user hide, or not any more; a wish older than the last one does not count. */
    void hide(long userId, long revision, boolean hides) {
        run(List.of("hide", Long.toString(userId), Long.toString(revision), flag(hides)));
    }

    /** @param sinces milliseconds since users were active */
    void active(Map<Long, Long> sinces) {
        List<String> arguments = new ArrayList<>(List.of("active"));
        sinces.forEach((user, since) -> arguments.addAll(List.of(user.toString(), since.toString())));
        run(arguments);
    }

    /** @return what friends may see of these users; of those who are not in it, or have no {@code lastSeen}, the database may know more */
    Map<Long, StatusView> states(List<Long> userIds) {
        Map<Long, StatusView> found = new LinkedHashMap<>();
        List<String> arguments = new ArrayList<>(List.of("states"));
        userIds.forEach(id -> arguments.add(id.toString()));
        List<?> answer = run(arguments);
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
        List<?> answer = run(List.of("changes"));
        List<Change> found = new ArrayList<>();
        for (int i = 0; i < answer.size(); i += 6) {
            List<?> each = answer.subList(i, i + 6);
            found.add(new Change((String) each.get(0), status(Long.parseLong((String) each.get(1)), (String) each.get(2), (String) each.get(3),
                    (String) each.get(4), (String) each.get(5))));
        }
        return found;
    }

    /** These have been told. */
    void told(List<Change> changes) {
        List<String> arguments = new ArrayList<>(List.of("told"));
        changes.forEach(each -> arguments.add(each.id()));
        run(arguments);
    }

    /** @return when users were seen last, milliseconds since 1970, that the database may not know yet */
    Map<Long, Long> unstored() {
        List<?> answer = run(List.of("unseen"));
        Map<Long, Long> found = new LinkedHashMap<>();
        for (int i = 0; i < answer.size(); i += 2) {
            found.put(Long.valueOf((String) answer.get(i)), Math.round(Double.parseDouble((String) answer.get(i + 1))));
        }
        return found;
    }

    /** The database knows these now. */
    void stored(Map<Long, Long> seen) {
        List<String> arguments = new ArrayList<>(List.of("stored"));
        seen.forEach((user, at) -> arguments.addAll(List.of(user.toString(), at.toString())));
        run(arguments);
    }

    private List<?> run(List<String> arguments) {
        try {
            return script.run(redis.commands(), KEYS, arguments) instanceof List<?> answer ? answer : List.of();
        } catch (JedisException away) {
            throw new LogUnavailable(away);
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
