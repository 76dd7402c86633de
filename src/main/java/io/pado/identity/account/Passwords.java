package io.pado.identity.account;

import io.pado.identity.IdentityConfig;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;
import java.util.Optional;

/** Hashes of passwords: PBKDF2 with HMAC-SHA-512 and a salt for each, by Jakarta Security. */
@ApplicationScoped
class Passwords {

    @Inject
    private Pbkdf2PasswordHash pbkdf2;
    @Inject
    private IdentityConfig config;

    private String ofNobody;

    @PostConstruct
    void start() {
        pbkdf2.initialize(Map.of(
                "Pbkdf2PasswordHash.Algorithm", "PBKDF2WithHmacSHA512",
                "Pbkdf2PasswordHash.Iterations", Integer.toString(config.iterations()),
                "Pbkdf2PasswordHash.SaltSizeBytes", "16",
                "Pbkdf2PasswordHash.KeySizeBytes", "32"));
        ofNobody = hash("nobody's password");
    }

    String hash(String password) {
        return pbkdf2.generate(password.toCharArray());
    }

    /** Takes as long for a user that does not exist, so that nobody learns by the time who does. */
    boolean matches(String password, Optional<User> user) {
        boolean same = pbkdf2.verify(password.toCharArray(), user.map(User::passwordHash).orElse(ofNobody));
        return same && user.isPresent();
    }
}
