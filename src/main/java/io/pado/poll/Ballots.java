package io.pado.poll;

import io.pado.platform.Batches.Outcome;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.sql.TransactionLimits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the ballots of one poll that were cast at the same time, in one transaction, under one lock, in their order. */
@ApplicationScoped
class Ballots {

    @Inject
    private TransactionLimits limits;
    @Inject
    private PollRepository repository;
    @Inject
    private Event<PollChanged> changes;

    /** @return for each ballot the poll after it, or why it does not count; a ballot that does not count changes nothing for the others */
    @Transactional(TxType.REQUIRES_NEW)
    List<Outcome<PollView>> count(long pollId, List<Ballot> ballots) {
        limits.endWhenSilentOrLockedOut();
        Optional<Poll> found = repository.lock(pollId);
        if (found.isEmpty()) {
            return ballots.stream().map(ballot -> Outcome.<PollView>refused(Polls.missing(pollId))).toList();
        }
        Poll poll = found.get();
        Map<String, Long> choices = repository.choices(pollId, ballots.stream().map(ballot -> ballot.voter().key()).distinct().toList());
        Map<String, Long> changed = new LinkedHashMap<>();
        List<Outcome<PollView>> outcomes = ballots.stream().map(ballot -> counted(poll, ballot, choices, changed)).toList();
        if (!changed.isEmpty()) {
            repository.choose(pollId, changed);
            changes.fire(new PollChanged(PollView.of(poll)));
        }
        return outcomes;
    }

    private static Outcome<PollView> counted(Poll poll, Ballot ballot, Map<String, Long> choices, Map<String, Long> changed) {
        try {
            poll.requireOpen();
            if (ballot.voter().anonymous()) {
                poll.requireAnonymousAllowed();
            }
            poll.option(ballot.optionId());
        } catch (ProblemException refused) {
            return Outcome.refused(refused);
        }
        String voter = ballot.voter().key();
        Long earlier = choices.put(voter, ballot.optionId());
        if (earlier == null) {
            poll.count(ballot.optionId());
            changed.put(voter, ballot.optionId());
        } else if (earlier != ballot.optionId()) {
            poll.move(earlier, ballot.optionId());
            changed.put(voter, ballot.optionId());
        }
        return Outcome.done(PollView.of(poll));
    }
}
