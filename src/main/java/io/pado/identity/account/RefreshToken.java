package io.pado.identity.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What renews a login once. */
@Entity
@Table(name = "refresh_token")
class RefreshToken {

    @Id
    private String hash;
    @Column(name = "session_id")
    private String sessionId;
    @Column(name = "expires_at")
    private Instant expiresAt;
    private boolean used;

    /** For JPA only. */
    protected RefreshToken() {
    }

    RefreshToken(String hash, String sessionId, Instant expiresAt) {
        this.hash = hash;
        this.sessionId = sessionId;
        this.expiresAt = expiresAt;
    }

    String sessionId() {
        return sessionId;
    }

    boolean expired(Instant now) {
        return !expiresAt.isAfter(now);
    }

    /** @return whether it was not used before */
    boolean use() {
        boolean first = !used;
        used = true;
        return first;
    }
}
