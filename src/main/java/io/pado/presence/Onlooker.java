package io.pado.presence;

import io.pado.identity.Caller;
import io.pado.platform.json.Json;
import io.pado.presence.friend.FriendTopics;
import io.pado.presence.friend.Friends;
import io.pado.realtime.Topic;
import io.pado.realtime.sse.OpenStream;
import io.pado.realtime.sse.SseFrame;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One stream of presence: whose friends it shows. The states it is sent are read when the stream hears their changes already, so that none is lost in
 * between. Thread-safe.
 */
final class Onlooker {

    private final long userId;
    private final Friends friends;
    private final Statuses statuses;

    // Guarded by this.
    private Set<Long> watched = Set.of();
    private OpenStream stream;
    private boolean stale;

    Onlooker(long userId, Friends friends, Statuses statuses) {
        this.userId = userId;
        this.friends = friends;
        this.statuses = statuses;
    }

    long userId() {
        return userId;
    }

    /** Who is watched: asked when the stream opens, again after each change of the user's friendships, and when all states are to be sent once more. */
    Set<Topic> topics(Caller caller) {
        Set<Long> now = friends.idsOf(userId);
        Set<Long> before;
        OpenStream open;
        boolean all;
        synchronized (this) {
            before = watched;
            watched = now;
            open = stream;
            all = stale;
            stale = false;
        }
        if (all) {
            open.send(initial(now));
        } else if (open != null) {
            tellOfNew(without(now, before), open);
        }
        if (open != null) {
            without(before, now).forEach(id -> open.send(removed(id)));
        }
        Set<Topic> topics = now.stream().map(PresenceTopics::of).collect(Collectors.toCollection(HashSet::new));
        topics.add(FriendTopics.of(userId));
        return topics;
    }

    /** @return the states to begin with */
    SseFrame initial(OpenStream open) {
        Set<Long> now;
        synchronized (this) {
            stream = open;
            now = watched;
        }
        return initial(now);
    }

    /** Has all states sent once more, between the changes that they have and those that they have not. */
    void refresh() {
        OpenStream open;
        synchronized (this) {
            stale = true;
            open = stream;
        }
        open.askAgain();
    }

    /** @return whether all states are still to be sent once more */
    synchronized boolean isRefreshing() {
        return stale && !stream.hasEnded();
    }

    synchronized boolean hasEnded() {
        return stream.hasEnded();
    }

    synchronized void send(SseFrame frame) {
        stream.send(frame);
    }

    /** What changes from now on is heard already: the stream goes on from the friendship's own place in the log. */
    private void tellOfNew(Set<Long> added, OpenStream open) {
        if (!added.isEmpty()) {
            statuses.of(added).values().forEach(status -> open.send(new SseFrame().event(StatusRelay.STATUS_CHANGE).data(Json.text(status))));
        }
    }

    /** Clients that know only {@code status_change} must not show a former friend as online for ever. */
    private static SseFrame removed(long id) {
        return new SseFrame().event("friend_removed").data(Json.text(new FriendRemoved(id)))
                .then(new SseFrame().event(StatusRelay.STATUS_CHANGE).data(Json.text(StatusView.offline(id, null))));
    }

    private SseFrame initial(Set<Long> ids) {
        return new SseFrame().event("initial").data(json(statuses.of(ids)));
    }

    static String json(Map<Long, StatusView> states) {
        Map<String, StatusView> named = new TreeMap<>();
        states.forEach((id, status) -> named.put(id.toString(), status));
        return Json.text(named);
    }

    private static Set<Long> without(Set<Long> all, Set<Long> others) {
        Set<Long> rest = new HashSet<>(all);
        rest.removeAll(others);
        return rest;
    }
}
