package io.pado.poll;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What one voter chose in one poll; the table allows one row for each pair. */
@Entity
@Table(name = "vote")
public class Vote {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "poll_id")
    private long pollId;
    private String voter;
    @Column(name = "option_id")
    private long optionId;

    /** For JPA. */
    protected Vote() {
    }

    Vote(long pollId, Voter voter, long optionId) {
        this.pollId = pollId;
        this.voter = voter.key();
        this.optionId = optionId;
    }

    long optionId() {
        return optionId;
    }

    void choose(long newOptionId) {
        optionId = newOptionId;
    }
}
