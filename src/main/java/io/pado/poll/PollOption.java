package io.pado.poll;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** One answer of a poll and how many voters chose it. */
@Entity
@Table(name = "poll_option")
public class PollOption {

    @Id
    // Not IDENTITY: new options get their numbers in their order, whatever order they are inserted in.
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "poll_option")
    @SequenceGenerator(name = "poll_option", sequenceName = "poll_option_id_seq", allocationSize = 1)
    private Long id;
    @ManyToOne(optional = false)
    @JoinColumn(name = "poll_id")
    private Poll poll;
    private String label;
    private int place;
    private long votes;

    /** For JPA. */
    protected PollOption() {
    }

    PollOption(Poll poll, String label, int place) {
        this.poll = poll;
        this.label = label;
        this.place = place;
    }

    long id() {
        return id;
    }

    String label() {
        return label;
    }

    long votes() {
        return votes;
    }

    void add(int change) {
        votes += change;
    }
}
