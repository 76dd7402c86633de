package io.pado.poll;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** One answer of a poll and how many voters chose it. */
@Entity
@Table(name = "poll_option")
public class PollOption {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;
    private String label;
    private int place;
    private long votes;

    /** For JPA. */
    protected PollOption() {
    }

    PollOption(String label, int place) {
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
