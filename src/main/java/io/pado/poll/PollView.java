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

    static PollView of(Poll poll) {
        long total = poll.totalVotes();
        List<OptionView> options = poll.options().stream()
                .map(option -> new OptionView(option.id(), option.label(), option.votes(), percent(option.votes(), total)))
                .toList();
        return new PollView(poll.id(), poll.title(), poll.closed(), total, options, poll.revision());
    }

    private static double percent(long votes, long total) {
        return total == 0 ? 0 : Math.round(votes * TENTHS / total) / 10.0;
    }
}
