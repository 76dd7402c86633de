package io.pado.identity.outside;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A young token of another issuer, and the login on which it stands. */
@Entity
@Table(name = "outside_token")
class OutsideToken {

    @Id
    private String fingerprint;
    @Column(name = "session_id")
    private String sessionId;
    @Column(name = "ends_at")
    private Instant endsAt;

    /** For JPA only. */
    protected OutsideToken() {
    }

    OutsideToken(String fingerprint, String sessionId, Instant endsAt) {
        this.fingerprint = fingerprint;
        this.sessionId = sessionId;
        this.endsAt = endsAt;
    }

    String sessionId() {
        return sessionId;
    }
}
