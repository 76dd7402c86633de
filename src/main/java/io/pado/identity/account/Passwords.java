package io.pado.identity.account;

import io.pado.identity.IdentityConfig;
import io.pado.identity.user.User;
import io.pado.platform.problem.ProblemException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Hashes of passwords: PBKDF2 with HMAC-SHA-512 and a salt for each, by Jakarta Security. */
@ApplicationScoped
class Passwords {

    private static final int RETRY_SECONDS = 5;

    @Inject
    private Pbkdf2PasswordHash pbkdf2;
    @Inject
    private IdentityConfig config;

    /** A hash takes a processor for about a tenth of a second; logins must not take all there are. */
    private final Semaphore computing = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
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

    /** @throws ProblemException 429 if too many are asked for at a time */
    String hash(String password) {
        return computed(() -> pbkdf2.generate(password.toCharArray()));
    }

    /**
     * Takes as long for a user that does not exist, so that nobody learns by the time who does.
     *
     * @throws ProblemException 429 if too many are asked for at a time
     */
    boolean matches(String password, Optional<User> user) {
        String hash = user.map(User::passwordHash).orElse(ofNobody);
        return computed(() -> pbkdf2.verify(password.toCharArray(), hash)) && user.isPresent();
    }

    private <T> T computed(Supplier<T> work) {
        try {
            if (!computing.tryAcquire(config.passwordSeconds(), TimeUnit.SECONDS)) {
                throw ProblemException.tooMany("Too many logins at a time; try again in a few seconds.", RETRY_SECONDS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("This server stops; try again.");
        }
        try {
            return work.get();
        } finally {
            computing.release();
        }
    }
}
