package io.pado.identity.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A key pair in the database. */
@Entity
@Table(name = "signing_key")
class SigningKeyRow {

    @Id
    private String id;
    private String jwk;
    @Column(name = "created_at")
    private Instant createdAt;

    /** For JPA only. */
    protected SigningKeyRow() {
    }

    SigningKeyRow(String id, String jwk, Instant createdAt) {
        this.id = id;
        this.jwk = jwk;
        this.createdAt = createdAt;
    }

    String jwk() {
        return jwk;
    }

    Instant createdAt() {
        return createdAt;
    }
}
