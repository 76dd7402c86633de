package io.pado.presence.friend;

import io.pado.identity.UserRemoved;
import io.pado.identity.user.UserNames;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.sql.Purge;
import io.pado.realtime.Publication;
import io.pado.realtime.audience.Audiences;
import io.pado.realtime.sql.TransactionalOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be done with friendships; each is one transaction. Whatever changes something between two users locks both first, the one with the smaller id
 * before the other, and then looks: so of two at a time the second sees what the first has done.
 */
@ApplicationScoped
public class Friends {

    /** Of one user. */
    static final int MOST = 10_000;
    /** Open requests that one user may have sent, and that are listed. */
    static final int MAX_REQUESTS = 500;

    @Inject
    private FriendRepository repository;
    @Inject
    private UserNames users;
    @Inject
    private TransactionalOutbox outbox;
    @Inject
    private Clock clock;

    /** @return ids of a user's friends */
    @Transactional
    public Set<Long> idsOf(long userId) {
        return repository.idsOf(userId);
    }

    @Transactional
    public boolean areFriends(long one, long other) {
        return repository.areFriends(one, other);
    }

    /** @return a user's friends, by name */
    @Transactional
    public List<FriendView> of(long userId) {
        return repository.of(userId);
    }

    @Transactional
    public RequestsView requests(long userId) {
        return new RequestsView(views(userId, repository.openTo(userId, MAX_REQUESTS)), views(userId, repository.openFrom(userId, MAX_REQUESTS)));
    }

    /**
     * Asks somebody. If that one has asked before, both are friends now; the same again is the same request.
     *
     * @return the request, open or accepted
     * @throws ProblemException 404 if there is no such user, 409 if both are friends already, or one has too many
     */
    @Transactional
    public RequestView ask(long sender, long receiver) {
        if (repository.lock(sender, receiver) < 2) {
            throw noSuchUser();
        }
        if (repository.areFriends(sender, receiver)) {
            throw ProblemException.conflict("already-friends", "You are friends already.");
        }
        Request open = repository.openBetween(sender, receiver).orElse(null);
        if (open == null) {
            requireRoom(sender, receiver);
            if (repository.openFrom(sender) >= MAX_REQUESTS) {
                throw ProblemException.conflict("too-many-requests",
                        "You have " + MAX_REQUESTS + " requests that nobody has answered yet; wait for some answers.");
            }
            repository.addRequest(sender, receiver, clock.instant());
            open = repository.openBetween(sender, receiver).orElseThrow();
            tell(open);
        } else if (open.receiver() == sender) {
            open = accepted(open);
        }
        return view(sender, open);
    }

    /**
     * @return the request, accepted now or before
     * @throws ProblemException 404 if there is none for this user, 403 if it is their own, 409 if it was declined or one of both has too many friends
     */
    @Transactional
    public RequestView accept(long userId, long requestId) {
        Request request = locked(userId, requestId);
        if (request.status().equals(Request.DECLINED)) {
            throw ProblemException.conflict("declined", "You have declined this request; ask for the friendship yourself.");
        }
        return view(userId, request.isOpen() ? accepted(request) : request);
    }

    /**
     * @return the request, declined now or before
     * @throws ProblemException 404 if there is none for this user, 403 if it is their own, 409 if it was accepted
     */
    @Transactional
    public RequestView decline(long userId, long requestId) {
        Request request = locked(userId, requestId);
        if (request.status().equals(Request.ACCEPTED)) {
            throw ProblemException.conflict("accepted", "You have accepted this request; DELETE /api/friends/{userId} ends the friendship.");
        }
        if (request.isOpen()) {
            repository.answer(request, Request.DECLINED, clock.instant());
            tell(request.with(Request.DECLINED));
        }
        return view(userId, request.with(Request.DECLINED));
    }

    /** @throws ProblemException 404 if they are no friends, which is not told apart from no such user */
    @Transactional
    public void end(long userId, long other) {
        repository.lock(userId, other);
        if (!repository.remove(userId, other)) {
            throw ProblemException.notFound("no-such-friend", "You have no such friend; GET /api/friends lists them.");
        }
        outbox.add(Audiences.change(List.of(userId, other)));
    }

    /** Makes two users friends, if both exist and are not. */
    @Transactional
    void befriend(long one, long other) {
        if (repository.lock(one, other) == 2) {
            repository.add(one, other, clock.instant());
        }
    }

    /** Their rows go with the user. */
    @Transactional
    void removed(@Observes UserRemoved removed) {
        // Nobody becomes a friend between the look and the end.
        repository.lock(removed.userId(), removed.userId());
        Set<Long> friends = repository.idsOf(removed.userId());
        if (!friends.isEmpty()) {
            outbox.add(Audiences.change(friends));
        }
    }

    /** Forgets what was answered a month ago. */
    @Transactional
    void purge(@Observes Purge due) {
        due.deleted(repository.purge());
    }

    private Request accepted(Request request) {
        requireRoom(request.receiver(), request.sender());
        repository.answer(request, Request.ACCEPTED, clock.instant());
        repository.add(request.sender(), request.receiver(), clock.instant());
        outbox.add(Audiences.change(List.of(request.sender(), request.receiver())));
        tell(request.with(Request.ACCEPTED));
        return request.with(Request.ACCEPTED);
    }

    /** Both hear of a request that is new or was answered. */
    private void tell(Request request) {
        for (long user : List.of(request.sender(), request.receiver())) {
            outbox.add(new Publication(FriendTopics.of(user), "friend_request", Long.toString(request.id()), Json.text(view(user, request)), ""));
        }
    }

    /** @return the request as it is when both users are locked */
    private Request locked(long userId, long requestId) {
        Request request = repository.request(requestId).filter(each -> userId == each.sender() || userId == each.receiver())
                .orElseThrow(Friends::noSuchRequest);
        if (request.sender() == userId) {
            throw ProblemException.forbidden("This is your own request; whom you asked has to answer it.");
        }
        repository.lock(request.sender(), request.receiver());
        return repository.request(requestId).orElseThrow(Friends::noSuchRequest);
    }

    private void requireRoom(long me, long other) {
        if (repository.idsOf(me).size() >= MOST) {
            throw ProblemException.conflict("too-many-friends", "You have " + MOST + " friends; end a friendship first.");
        }
        if (repository.idsOf(other).size() >= MOST) {
            throw ProblemException.conflict("too-many-friends", "This user cannot have more friends.");
        }
    }

    private RequestView view(long userId, Request request) {
        return views(userId, List.of(request)).get(0);
    }

    private List<RequestView> views(long userId, List<Request> requests) {
        Map<Long, String> names = users.of(requests.stream().map(each -> each.otherThan(userId)).toList());
        return requests.stream().map(each -> new RequestView(each.id(), each.otherThan(userId), names.getOrDefault(each.otherThan(userId), ""),
                each.status(), each.createdAt())).toList();
    }

    static ProblemException noSuchUser() {
        return ProblemException.notFound("no-such-user", "There is no such user; send the id or the email address of one.");
    }

    private static ProblemException noSuchRequest() {
        return ProblemException.notFound("no-such-request", "There is no such request to you; GET /api/friends/requests lists them.");
    }
}
