package io.pado.identity.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** What renews a login once, but for a repeat whose first answer nobody got ({@link Sessions#renew}). */
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
    /** Null if it was not used, or replaced before it was. */
    @Column(name = "used_at")
    private Instant usedAt;
    /** Hash of the token that its last use gave. */
    private String successor;

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

    boolean used() {
        return used;
    }

    /** @return hash of what it gave, if it was used after that time */
    Optional<String> successorSince(Instant time) {
        return Optional.ofNullable(successor).filter(hash -> usedAt.isAfter(time));
    }

    /** A repeat is no later use than the first one. */
    void use(Instant time, RefreshToken next) {
        used = true;
        usedAt = usedAt == null ? time : usedAt;
        successor = next.hash;
    }

    /** Has another one take its place. @return whether it was not used before */
    boolean replace() {
        boolean first = !used;
        used = true;
        return first;
    }
}
