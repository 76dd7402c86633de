package io.pado.identity.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One login of a user, from the password to the logout, over all its renewals. */
@Entity
@Table(name = "login_session")
public class LoginSession {

    @Id
    private String id;
    @Column(name = "user_id")
    private long userId;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "ended_at")
    private Instant endedAt;

    /** For JPA only. */
    protected LoginSession() {
    }

    public LoginSession(String id, long userId, Instant createdAt) {
        this.id = id;
        this.userId = userId;
        this.createdAt = createdAt;
    }

    public String id() {
        return id;
    }

    long userId() {
        return userId;
    }

    public Instant endedAt() {
        return endedAt;
    }

    public boolean ended() {
        return endedAt != null;
    }
}
