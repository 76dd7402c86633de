package io.pado.presence;

import io.pado.platform.problem.ProblemException;
import io.pado.presence.friend.Friends;
import io.pado.realtime.log.LogUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What somebody may know of whether others are online, and what others may know of them. */
@ApplicationScoped
class Statuses {

    private static final String AWAY = "It cannot be asked right now who is online; try again in a few seconds.";

    @Inject
    private PresenceStore store;
    @Inject
    private PresenceFacts facts;
    @Inject
    private Friends friends;
    @Inject
    private FactExchange exchange;

    /**
     * @return of each of these users, by id in ascending order
     * @throws ProblemException 503 if Redis does not answer
     */
    Map<Long, StatusView> of(Collection<Long> userIds) {
        Map<Long, StatusView> all = new TreeMap<>();
        List<Long> asked = userIds.stream().sorted().toList();
        for (int from = 0; from < asked.size(); from += PresenceStore.MOST) {
            List<Long> some = asked.subList(from, Math.min(asked.size(), from + PresenceStore.MOST));
            all.putAll(states(some));
            List<Long> unseen = new ArrayList<>(some);
            unseen.removeIf(id -> all.containsKey(id) && all.get(id).lastSeen() != null);
            addLastSeen(unseen, all);
        }
        return all;
    }

    /** @return of all friends of a user, by id */
    Map<Long, StatusView> ofFriends(long userId) {
        return of(friends.idsOf(userId));
    }

    /** @throws ProblemException 404 for a stranger, and for who does not exist, which is not told apart */
    StatusView of(long caller, long userId) {
        if (caller != userId && !friends.areFriends(caller, userId)) {
            throw ProblemException.notFound("no-such-friend", "You have no such friend; GET /api/friends lists them.");
        }
        return of(Set.of(userId)).get(userId);
    }

    boolean hides(long userId) {
        return facts.hides(userId);
    }

    /**
     * Has a user hide, or not any more. It is stored here; friends see it once Redis answers.
     *
     * @throws ProblemException 404 if the user was removed
     */
    void hide(long userId, boolean hides) {
        if (!facts.hide(userId, hides)) {
            throw PresenceResource.noSuchUser();
        }
        exchange.wished();
    }

    private Map<Long, StatusView> states(List<Long> userIds) {
        try {
            return store.states(userIds);
        } catch (LogUnavailable away) {
            throw ProblemException.unavailable(AWAY);
        }
    }

    private void addLastSeen(List<Long> userIds, Map<Long, StatusView> all) {
        if (userIds.isEmpty()) {
            return;
        }
        Map<Long, Instant> stored = facts.lastSeen(userIds);
        for (long id : userIds) {
            StatusView known = all.get(id);
            Instant seen = stored.get(id);
            all.put(id, known == null ? StatusView.offline(id, seen)
                    : new StatusView(id, known.isOnline(), known.lastActivity(), seen, known.version()));
        }
    }
}
