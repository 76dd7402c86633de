package io.pado.presence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the database keeps of who is online: when users were seen last, and whether they hide. Each call is one transaction. */
@ApplicationScoped
class PresenceFacts {

    private static final String NUMBERS = "CAST(string_to_array(?, ',') AS bigint[])";
    private static final String KNOWN = "SELECT asked.id, coalesce(p.revision, 0), coalesce(p.hides, u.id IS NULL),"
            + " CAST(extract(epoch FROM p.last_seen) * 1000 AS bigint) FROM unnest(" + NUMBERS + ") AS asked(id)"
            + " LEFT JOIN app_user u ON u.id = asked.id LEFT JOIN presence p ON p.user_id = asked.id";
    /** In one order, so that two nodes that store the same do not wait for each other. */
    private static final String SEEN = "INSERT INTO presence (user_id, last_seen) SELECT u.id, to_timestamp(s.at / 1000.0) FROM unnest(" + NUMBERS + ", "
            + NUMBERS + ") AS s(id, at) JOIN app_user u ON u.id = s.id ORDER BY u.id"
            + " ON CONFLICT (user_id) DO UPDATE SET last_seen = greatest(presence.last_seen, excluded.last_seen)";
    private static final String HIDE = "INSERT INTO presence (user_id, hides, revision, wished_at) SELECT id, ?, 1, now() FROM app_user WHERE id = ?"
            + " ON CONFLICT (user_id) DO UPDATE SET hides = excluded.hides, revision = presence.revision + 1, wished_at = excluded.wished_at";
    private static final String UNTOLD = "SELECT user_id, revision, hides, coalesce(wished_at < now() - interval '10 seconds', true) FROM presence"
            + " WHERE revision > told_revision AND user_id > ? ORDER BY user_id LIMIT " + PresenceStore.MOST;
    /** Who is locked is noted by another node. */
    private static final String TOLD = "WITH told AS (SELECT p.user_id, t.revision FROM unnest(" + NUMBERS + ", " + NUMBERS + ") AS t(id, revision)"
            + " JOIN presence p ON p.user_id = t.id WHERE p.told_revision < t.revision FOR UPDATE OF p SKIP LOCKED)"
            + " UPDATE presence p SET told_revision = told.revision FROM told WHERE p.user_id = told.user_id";

    @PersistenceContext
    private EntityManager database;

    /**
     * A wish that Redis may not know.
     *
     * @param known     the user, with the wish
     * @param isSettled whether it is some seconds old: a Redis that lost its last second has been told again since
     */
    record Wish(PresenceStore.Known known, boolean isSettled) {
    }

    /** @return what is known of all of these; who was removed hides */
    @Transactional
    public List<PresenceStore.Known> known(Collection<Long> userIds) {
        return rows(database.createNativeQuery(KNOWN).setParameter(1, list(userIds))).stream()
                .map(row -> new PresenceStore.Known(number(row[0]), number(row[1]), (Boolean) row[2], row[3] == null ? "" : row[3].toString())).toList();
    }

    /** @return when these users were seen last; those who never were are not in it */
    @Transactional
    public Map<Long, Instant> lastSeen(Collection<Long> userIds) {
        Map<Long, Instant> found = new HashMap<>();
        known(userIds).stream().filter(each -> !each.lastSeen().isEmpty())
                .forEach(each -> found.put(each.userId(), Instant.ofEpochMilli(Long.parseLong(each.lastSeen()))));
        return found;
    }

    /** @param seen when users were seen last, milliseconds since 1970; an earlier time than the stored one does not count */
    @Transactional
    public void seen(Map<Long, Long> seen) {
        List<Map.Entry<Long, Long>> all = List.copyOf(seen.entrySet());
        database.createNativeQuery(SEEN).setParameter(1, list(all.stream().map(Map.Entry::getKey).toList()))
                .setParameter(2, list(all.stream().map(Map.Entry::getValue).toList())).executeUpdate();
    }

    /** @return whether the user hides */
    @Transactional
    public boolean hides(long userId) {
        return known(List.of(userId)).get(0).hides();
    }

    /** Has a user hide, or not any more; Redis is still to be told. @return false if there is no such user */
    @Transactional
    public boolean hide(long userId, boolean hides) {
        return database.createNativeQuery(HIDE).setParameter(1, hides).setParameter(2, userId).executeUpdate() == 1;
    }

    /** @return up to {@value PresenceStore#MOST} wishes that Redis may not know, of users with higher ids, by id */
    @Transactional
    public List<Wish> untold(long after) {
        return rows(database.createNativeQuery(UNTOLD).setParameter(1, after)).stream()
                .map(row -> new Wish(new PresenceStore.Known(number(row[0]), number(row[1]), (Boolean) row[2], ""), (Boolean) row[3])).toList();
    }

    /** Redis knows these for good. */
    @Transactional
    public void told(List<PresenceStore.Known> wishes) {
        database.createNativeQuery(TOLD).setParameter(1, list(wishes.stream().map(PresenceStore.Known::userId).toList()))
                .setParameter(2, list(wishes.stream().map(PresenceStore.Known::revision).toList())).executeUpdate();
    }

    @SuppressWarnings("unchecked")
    private static List<Object[]> rows(Query query) {
        return query.getResultList();
    }

    private static String list(Collection<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
