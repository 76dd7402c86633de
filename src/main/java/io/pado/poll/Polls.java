package io.pado.poll;

import io.pado.platform.Batches;
import io.pado.platform.http.Answer;
import io.pado.platform.http.Representation;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.sql.IdempotentCalls;
import io.pado.platform.sql.SqlFailures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** What can be done with polls; each is one transaction, but votes of one poll that are cast at the same time share one. */
@ApplicationScoped
public class Polls {

    private static final int PAGE = 100;
    private static final int MAX_BALLOTS = 500;

    @Inject
    private PollRepository repository;

    @Inject
    private Ballots ballots;

    @Inject
    private PollReads reads;

    @Inject
    private IdempotentCalls calls;

    @Inject
    private Event<PollChanged> changes;

    private final Batches<Long, Ballot, PollView> voting = new Batches<>(MAX_BALLOTS, this::count);

    /** @return up to 100 polls with ids below {@code before}, newest first */
    @Transactional
    public List<PollView> page(long before) {
        return repository.page(before, PAGE).stream().map(PollView::of).toList();
    }

    /** @return the poll as it is now. @throws ProblemException 404 if there is none */
    public Representation get(long id) {
        return reads.get(id);
    }

    /**
     * Opens a poll for the caller.
     *
     * @param key the same key again is the same poll
     * @return 201 with it
     */
    @Transactional
    Answer open(long caller, String key, PollRequest request) {
        return calls.once("user:" + caller, key, "POST /api/polls\n" + request, () -> {
            PollView poll = open(request.title(), request.options(), request.anonymous());
            return Answer.created("/api/polls/" + poll.pollId(), poll);
        });
    }

    /** Opens a poll. @return it, with its ids */
    @Transactional
    public PollView open(String title, List<String> options, boolean anonymous) {
        return changed(repository.add(new Poll(title, options, anonymous)));
    }

    /**
     * Counts a vote, or a changed mind. The same vote again changes nothing, so repeating a request is safe. Returns when it is stored.
     *
     * @return the poll after this vote
     * @throws ProblemException 404 if poll or option does not exist, 409 if the poll is closed, 403 if it takes users only
     */
    public PollView vote(long id, Voter voter, long optionId) {
        return voting.submit(id, new Ballot(voter, optionId));
    }

    /**
     * Ends the voting.
     *
     * @throws ProblemException 404 if there is no such poll, 409 if it was closed before
     */
    @Transactional
    public PollView close(long id) {
        Poll poll = existing(repository.lock(id), id);
        poll.close();
        return changed(poll);
    }

    /** Opens a poll unless there is one already. */
    @Transactional
    void openFirst(String title, List<String> options) {
        if (repository.isEmpty()) {
            open(title, options, true);
        }
    }

    /** A ballot that is counted a second time changes nothing, so each may be counted alone even if the commit was what failed. */
    private List<Batches.Outcome<PollView>> count(long id, List<Ballot> cast) {
        try {
            return ballots.count(id, cast);
        } catch (RuntimeException failure) {
            throw SqlFailures.mayPassOfCause(failure) ? failure : new Batches.Undone(failure);
        }
    }

    private PollView changed(Poll poll) {
        PollView view = PollView.of(poll);
        changes.fire(new PollChanged(view));
        return view;
    }

    private static Poll existing(Optional<Poll> poll, long id) {
        return poll.orElseThrow(() -> missing(id));
    }

    static ProblemException missing(long id) {
        return ProblemException.notFound("no-such-poll", "There is no poll " + id + "; GET /api/polls lists them.");
    }
}
