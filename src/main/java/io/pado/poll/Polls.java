package io.pado.poll;

import io.pado.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** What can be done with polls; each is one transaction. */
@ApplicationScoped
public class Polls {

    private static final int PAGE = 100;

    @Inject
    private PollRepository repository;

    @Inject
    private Event<PollChanged> changes;

    /** @return up to 100 polls with ids below {@code before}, newest first */
    @Transactional
    public List<PollView> page(long before) {
        return repository.page(before, PAGE).stream().map(PollView::of).toList();
    }

    /** @throws ProblemException 404 if there is none */
    @Transactional
    public PollView get(long id) {
        return PollView.of(existing(repository.find(id), id));
    }

    /** Opens a poll. @return it, with its ids */
    @Transactional
    public PollView open(String title, List<String> options, boolean anonymous) {
        return changed(repository.add(new Poll(title, options, anonymous)));
    }

    /**
     * Counts a vote, or a changed mind. The same vote again changes nothing, so repeating a request is safe.
     *
     * @throws ProblemException 404 if poll or option does not exist, 409 if the poll is closed, 403 if it takes users only
     */
    @Transactional
    public PollView vote(long id, Voter voter, long optionId) {
        Poll poll = existing(repository.lock(id), id);
        poll.requireOpen();
        if (voter.anonymous()) {
            poll.requireAnonymousAllowed();
        }
        poll.option(optionId);
        Optional<Vote> earlier = repository.vote(id, voter);
        if (earlier.isEmpty()) {
            repository.add(new Vote(id, voter, optionId));
            poll.count(optionId);
        } else if (earlier.get().optionId() != optionId) {
            poll.move(earlier.get().optionId(), optionId);
            earlier.get().choose(optionId);
        } else {
            return PollView.of(poll);
        }
        return changed(poll);
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

    private PollView changed(Poll poll) {
        PollView view = PollView.of(poll);
        changes.fire(new PollChanged(view));
        return view;
    }

    private static Poll existing(Optional<Poll> poll, long id) {
        return poll.orElseThrow(() -> ProblemException.notFound("no-such-poll",
                "There is no poll " + id + "; GET /api/polls lists them."));
    }
}
