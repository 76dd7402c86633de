package io.pado.identity.outside;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Who a subject of another issuer is here, and the login on which its tokens stand. */
@Entity
@Table(name = "outside_user")
class OutsideUser {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    private String issuer;
    private String subject;
    @Column(name = "user_id")
    private Long userId;
    @Column(name = "session_id")
    private String sessionId;
    @Column(name = "valid_after")
    private Instant validAfter;

    /** For JPA only. */
    protected OutsideUser() {
    }

    boolean isNew() {
        return userId == null;
    }

    long userId() {
        return userId;
    }

    String sessionId() {
        return sessionId;
    }

    /** Tokens made until then do not count: somebody ended the login. */
    Instant validAfter() {
        return validAfter;
    }

    void become(long user, String session) {
        userId = user;
        sessionId = session;
    }

    /** The next login, for tokens made after the end of the last one. */
    void begin(String session, Instant after) {
        sessionId = session;
        validAfter = after;
    }
}
