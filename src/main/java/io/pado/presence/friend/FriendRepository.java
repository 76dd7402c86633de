package io.pado.presence.friend;

import io.pado.platform.sql.Purge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Friendships and requests in the database. A friendship is one row, whose {@code low} is the smaller id. */
@ApplicationScoped
class FriendRepository {

    private static final String REQUEST = "SELECT id, sender, receiver, status, CAST(extract(epoch FROM created_at) * 1000 AS bigint) FROM friend_request ";

    @PersistenceContext
    private EntityManager database;

    /** Keeps these two from all other changes of their friendships, and from being removed, until the transaction ends. @return how many of them exist */
    int lock(long one, long other) {
        return query("SELECT id FROM app_user WHERE id IN (?, ?) ORDER BY id FOR NO KEY UPDATE", one, other).getResultList().size();
    }

    Set<Long> idsOf(long userId) {
        Set<Long> ids = new HashSet<>();
        query("SELECT high FROM friendship WHERE low = ? UNION ALL SELECT low FROM friendship WHERE high = ?", userId, userId).getResultList()
                .forEach(id -> ids.add(number(id)));
        return ids;
    }

    /** By name. */
    List<FriendView> of(long userId) {
        return rows(query("SELECT u.id, u.name, CAST(extract(epoch FROM f.since) * 1000 AS bigint) FROM friendship f"
                + " JOIN app_user u ON u.id = CASE WHEN f.low = ? THEN f.high ELSE f.low END WHERE f.low = ? OR f.high = ? ORDER BY u.name, u.id",
                userId, userId, userId)).stream().map(row -> new FriendView(number(row[0]), (String) row[1], time(row[2]))).toList();
    }

    boolean areFriends(long one, long other) {
        return !query("SELECT low FROM friendship WHERE low = ? AND high = ?", Math.min(one, other), Math.max(one, other)).getResultList().isEmpty();
    }

    /** @return false if they were friends before */
    boolean add(long one, long other, Instant since) {
        return query("INSERT INTO friendship (low, high, since) VALUES (?, ?, to_timestamp(? / 1000.0)) ON CONFLICT DO NOTHING",
                Math.min(one, other), Math.max(one, other), since.toEpochMilli()).executeUpdate() == 1;
    }

    /** @return false if they were no friends */
    boolean remove(long one, long other) {
        return query("DELETE FROM friendship WHERE low = ? AND high = ?", Math.min(one, other), Math.max(one, other)).executeUpdate() == 1;
    }

    Optional<Request> request(long id) {
        return requests(query(REQUEST + "WHERE id = ?", id)).stream().findFirst();
    }

    /** @return the open request between two, whoever sent it */
    Optional<Request> openBetween(long one, long other) {
        return requests(query(REQUEST + "WHERE least(sender, receiver) = ? AND greatest(sender, receiver) = ? AND status = 'open'",
                Math.min(one, other), Math.max(one, other))).stream().findFirst();
    }

    int openFrom(long userId) {
        return (int) number(query("SELECT count(*) FROM friend_request WHERE sender = ? AND status = 'open'", userId).getSingleResult());
    }

    /** Newest first. */
    List<Request> openTo(long userId, int most) {
        return requests(query(REQUEST + "WHERE receiver = ? AND status = 'open' ORDER BY id DESC LIMIT ?", userId, most));
    }

    /** Newest first. */
    List<Request> openFrom(long userId, int most) {
        return requests(query(REQUEST + "WHERE sender = ? AND status = 'open' ORDER BY id DESC LIMIT ?", userId, most));
    }

    void addRequest(long sender, long receiver, Instant now) {
        query("INSERT INTO friend_request (sender, receiver, status, created_at, changed_at)"
                + " VALUES (?, ?, 'open', to_timestamp(? / 1000.0), to_timestamp(? / 1000.0))", sender, receiver, now.toEpochMilli(), now.toEpochMilli())
                .executeUpdate();
    }

    void answer(Request request, String status, Instant now) {
        query("UPDATE friend_request SET status = ?, changed_at = to_timestamp(? / 1000.0) WHERE id = ?", status, now.toEpochMilli(), request.id())
                .executeUpdate();
    }

    /** @return how many requests were deleted */
    int purge() {
        return query(Purge.statement("friend_request", "status <> 'open' AND changed_at < now() - interval '30 days'")).executeUpdate();
    }

    private Query query(String sql, Object... values) {
        Query query = database.createNativeQuery(sql);
        for (int i = 0; i < values.length; i++) {
            query.setParameter(i + 1, values[i]);
        }
        return query;
    }

    private static List<Request> requests(Query query) {
        return rows(query).stream()
                .map(row -> new Request(number(row[0]), number(row[1]), number(row[2]), (String) row[3], time(row[4]))).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Object[]> rows(Query query) {
        return query.getResultList();
    }

    private static Instant time(Object millis) {
        return Instant.ofEpochMilli(number(millis));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
