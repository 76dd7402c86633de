package io.pado.realtime.sql;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The one row that a drainer locks, so that nodes publish one after the other, and the last time of a paced publication. */
@Entity
@Table(name = "outbox_gate")
public class OutboxGate {

    static final int ID = 1;

    @Id
    private int id;
    @Column(name = "paced_at")
    private long pacedAt;

    /** For JPA. */
    protected OutboxGate() {
    }

    /** Database time of the last paced publication, epoch milliseconds. */
    long pacedAt() {
        return pacedAt;
    }

    void pacedAt(long millis) {
        pacedAt = millis;
    }
}
