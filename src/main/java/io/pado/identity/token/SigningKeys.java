package io.pado.identity.token;

import io.pado.identity.IdentityConfig;
import io.pado.platform.BackgroundLoop;
import io.pado.platform.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The keys of our own tokens. The newest one signs; one that was replaced goes on to verify for as long as a token that it signed may
 * live. They are made at the first start and kept in the database, or given in a file. Every node looks for new ones now and then,
 * and at once when it meets one it does not know, though not at everybody's will.
 */
@ApplicationScoped
public class SigningKeys {

    private static final int AFTER_MIGRATIONS = 200;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final Duration LEAST_BETWEEN_LOOKS = Duration.ofSeconds(1);

    @Inject
    private IdentityConfig config;
    @Inject
    private KeyStores stored;
    @Inject
    private Clock clock;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("keys", () -> {
        look();
        return BETWEEN_LOOKS.toMillis();
    });
    private volatile List<PublicJsonWebKey> keys = List.of();
    private Instant looked = Instant.MIN; // guarded by this

    void start(@Observes @Priority(AFTER_MIGRATIONS) Startup startup) {
        if (config.keys().isPresent()) {
            keys = given(Path.of(config.keys().get()));
        } else {
            stored.makeFirst();
            look();
            loop.start(threads);
        }
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /**
     * Makes a key that signs from now on; those before it go on to verify for a while.
     *
     * @return its id
     * @throws ProblemException 409 if the keys are given in a file
     */
    public synchronized String rotate() {
        if (config.keys().isPresent()) {
            throw ProblemException.conflict("keys-given",
                    "The keys are given in the file of pado.jwt.keys: put a new one first there, and restart the nodes.");
        }
        String id = stored.make();
        look();
        stored.keepOnly(keys.stream().map(JsonWebKey::getKeyId).toList());
        return id;
    }

    /** @return the public halves, as {@code /.well-known/jwks.json} shows them (RFC 7517) */
    public String jwks() {
        return new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    PublicJsonWebKey signing() {
        return keys.get(0);
    }

    /** @return the public key with that id, if there is one */
    Optional<Key> verifying(String id) {
        return known(id).or(() -> {
            lookAgain();
            return known(id);
        });
    }

    private Optional<Key> known(String id) {
        return keys.stream().filter(key -> key.getKeyId().equals(id)).map(PublicJsonWebKey::getKey).findFirst();
    }

    private synchronized void lookAgain() {
        if (config.keys().isEmpty() && looked.plus(LEAST_BETWEEN_LOOKS).isBefore(clock.instant())) {
            look();
        }
    }

    private synchronized void look() {
        looked = clock.instant();
        // Another node may sign with a replaced key until it has looked.
        Duration life = config.accessLife().plus(BETWEEN_LOOKS).plus(BETWEEN_LOOKS);
        List<PublicJsonWebKey> valid = new ArrayList<>();
        Instant replaced = looked;
        for (SigningKeyRow row : stored.all()) {
            if (replaced.plus(life).isBefore(looked)) {
                break;
            }
            valid.add(parse(row.jwk()));
            replaced = row.createdAt();
        }
        keys = List.copyOf(valid);
    }

    private static PublicJsonWebKey parse(String jwk) {
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(jwk);
        } catch (JoseException broken) {
            throw new IllegalStateException("A signing key in the database cannot be read", broken);
        }
    }

    private static List<PublicJsonWebKey> given(Path file) {
        try {
            List<PublicJsonWebKey> found = new JsonWebKeySet(Files.readString(file)).getJsonWebKeys().stream()
                    .map(PublicJsonWebKey.class::cast).toList();
            if (found.isEmpty() || found.get(0).getPrivateKey() == null || found.stream().anyMatch(key -> key.getKeyId() == null)) {
                throw new IllegalStateException("The file of pado.jwt.keys must hold a JWK set; each key needs a kid,"
                        + " and the first one its private part: " + file);
            }
            return found;
        } catch (IOException | JoseException | ClassCastException unreadable) {
            throw new IllegalStateException("The file of pado.jwt.keys cannot be read as a JWK set of RSA or EC keys: " + file,
                    unreadable);
        }
    }
}
