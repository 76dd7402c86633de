package io.pado.identity.user;

import io.pado.identity.Roles;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;

/** Somebody who can log in, here or at another issuer. */
@Entity
@Table(name = "app_user")
public class User {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    private String email;
    private String name;
    private String password;
    private String roles;
    @Column(name = "created_at")
    private Instant createdAt;

    /** For JPA only. */
    protected User() {
    }

    /**
     * @param email    in lower case
     * @param password its hash
     */
    public User(String email, String name, String password, Set<String> roles, Instant createdAt) {
        this.email = email;
        this.name = name;
        this.password = password;
        this.roles = String.join(",", roles);
        this.createdAt = createdAt;
    }

    /** Somebody whom another issuer knows. */
    public User(String name, Instant createdAt) {
        this(null, name, null, Set.of(Roles.USER), createdAt);
    }

    public long id() {
        return id;
    }

    /** Empty for whom another issuer knows. */
    public String email() {
        return email == null ? "" : email;
    }

    String name() {
        return name;
    }

    public String passwordHash() {
        return password;
    }

    public Set<String> roles() {
        return Set.of(roles.split(","));
    }
}
