package io.pado.poll;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * A poll as clients see it, in answers and in {@code vote_update} (spec system 3).
 *
 * @param pollId     id
 * @param title      the question
 * @param closed     whether votes are no longer taken
 * @param totalVotes number of voters
 * @param options    in their order
 * @param version    grows with every change; of two states the higher is the newer
 */
@JsonbPropertyOrder({"pollId", "title", "closed", "totalVotes", "options", "version"})
public record PollView(long pollId, String title, boolean closed, long totalVotes, List<OptionView> options, long version) {

    private static final double TENTHS = 1_000.0;

    /**
     * @param id      id within all polls
     * @param label   the answer
     * @param votes   how many chose it
     * @param percent of all votes, one decimal; 0 while there is none
     */
    @JsonbPropertyOrder({"id", "label", "votes", "percent"})
    public record OptionView(long id, String label, long votes, double percent) {
    }

    /** An option and how many voters chose it. */
    record Count(long id, String label, long votes) {
    }

    static PollView of(Poll poll) {
        return of(poll.id(), poll.title(), poll.closed(),
                poll.options().stream().map(option -> new Count(option.id(), option.label(), option.votes())).toList(), poll.revision());
    }

    /** @param counts in their order */
    static PollView of(long id, String title, boolean closed, List<Count> counts, long revision) {
        long total = counts.stream().mapToLong(Count::votes).sum();
        List<OptionView> options = counts.stream()
                .map(count -> new OptionView(count.id(), count.label(), count.votes(), percent(count.votes(), total))).toList();
        return new PollView(id, title, closed, total, options, revision);
    }

    private static double percent(long votes, long total) {
        return total == 0 ? 0 : Math.round(votes * TENTHS / total) / 10.0;
    }
}
