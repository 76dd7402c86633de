package io.pado.poll;

import io.pado.platform.problem.ProblemException;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A question with options that count votes. It begins open, takes one vote of each voter, who may change their mind while it is
 * open, and is closed once and for all. Whoever changes it holds its row's lock, so counts are exact and every change has its
 * own {@code revision}.
 */
@Entity
@Table(name = "poll")
public class Poll {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    private String title;
    private boolean closed;
    private boolean anonymous;
    private long revision;

    @OneToMany(mappedBy = "poll", cascade = CascadeType.ALL, orphanRemoval = true, fetch = FetchType.EAGER)
    @OrderBy("place")
    private List<PollOption> options = new ArrayList<>();


    /** For JPA. */
    protected Poll() {
    }

    Poll(String title, List<String> labels, boolean anonymous) {
        this.title = title;
        this.anonymous = anonymous;
        labels.forEach(label -> options.add(new PollOption(this, label, options.size())));
    }

    long id() {
        return id;
    }

    String title() {
        return title;
    }

    boolean closed() {
        return closed;
    }

    /** Number of changes so far; of two states of a poll the one with the higher number is the newer. */
    long revision() {
        return revision;
    }

    List<PollOption> options() {
        return List.copyOf(options);
    }

    long totalVotes() {
        return options.stream().mapToLong(PollOption::votes).sum();
    }

    void requireOpen() {
        if (closed) {
            throw ProblemException.conflict("poll-closed", "This poll is closed; votes are no longer taken.");
        }
    }

    void requireAnonymousAllowed() {
        if (!anonymous) {
            throw ProblemException.forbidden("This poll takes votes of users only; log in.");
        }
    }

    PollOption option(long optionId) {
        return options.stream().filter(option -> option.id() == optionId).findFirst()
                .orElseThrow(() -> ProblemException.notFound("no-such-option",
                        "This poll has no option " + optionId + "; GET the poll for its options."));
    }

    /** Counts a first vote. */
    void count(long optionId) {
        option(optionId).add(1);
        revision++;
    }

    /** Counts a changed mind. */
    void move(long fromOptionId, long toOptionId) {
        option(toOptionId).add(1);
        option(fromOptionId).add(-1);
        revision++;
    }

    void close() {
        requireOpen();
        closed = true;
        revision++;
    }
}
