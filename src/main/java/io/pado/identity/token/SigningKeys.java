package io.pado.identity.token;

import io.pado.identity.IdentityConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The keys of our own tokens. The newest one signs; one that was replaced verifies for as long as a token that it signed may live, so
 * there are two at most times of a change. They are made at the first start and kept in the database, or given in a file. A node
 * that meets a key it does not know looks again, once a second at most.
 */
@ApplicationScoped
public class SigningKeys {

    private static final int AFTER_MIGRATIONS = 200;
    private static final long LOOK_AGAIN_SECONDS = 1;

    @Inject
    private IdentityConfig config;
    @Inject
    private KeyStores stored;
    @Inject
    private Clock clock;

    private volatile List<PublicJsonWebKey> keys = List.of();
    private Instant looked = Instant.MIN; // guarded by this

    void start(@Observes @Priority(AFTER_MIGRATIONS) Startup startup) {
        if (config.keys().isPresent()) {
            keys = given(Path.of(config.keys().get()));
        } else {
            stored.makeFirst();
            look();
        }
    }

    /** Makes a key that signs from now on; those before it go on to verify for a while. @return its id */
    public synchronized String rotate() {
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
        if (config.keys().isEmpty() && looked.plusSeconds(LOOK_AGAIN_SECONDS).isBefore(clock.instant())) {
            look();
        }
    }

    private synchronized void look() {
        looked = clock.instant();
        List<PublicJsonWebKey> valid = new ArrayList<>();
        Instant replaced = looked;
        for (SigningKeyRow row : stored.all()) {
            if (replaced.plus(config.accessLife()).isBefore(looked)) {
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
