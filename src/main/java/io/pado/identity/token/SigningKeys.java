package io.pado.identity.token;

import io.pado.identity.IdentityConfig;
import io.pado.platform.BackgroundLoop;
import io.pado.platform.StartOrder;
import io.pado.platform.problem.ProblemException;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The keys of our own tokens. One signs; one that was replaced goes on to verify for as long as a token that it signed may live. A new
 * one verifies at once and signs later, when every node and every reader of the JWKS had time to learn it. They are made at the first
 * start and kept in the database, or given in a file. Every node reads them now and then, and at once when a token names a key that it
 * does not know.
 */
@ApplicationScoped
public class SigningKeys {

    private static final Duration MAX_BETWEEN_READS = Duration.ofSeconds(10);
    /** How often a new key is read before it signs. */
    private static final int READS_BEFORE_IT_SIGNS = 3;

    @Inject
    private IdentityConfig config;
    @Inject
    private KeyStores stored;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("keys", () -> {
        read();
        return betweenReads().toMillis();
    });
    private volatile List<SigningKey> keys = List.of();
    private long readNanos; // when the latest read began; guarded by this
    private final UnknownKeys unknown = new UnknownKeys(); // guarded by this

    /** A key and the moment of {@link System#nanoTime()} from which it signs. */
    private record SigningKey(PublicJsonWebKey pair, long signsFromNanos) {

        boolean is(String id) {
            return pair.getKeyId().equals(id);
        }

        boolean signs() {
            return System.nanoTime() - signsFromNanos >= 0;
        }
    }

    void start(@Observes @Priority(StartOrder.LOAD) Startup startup) {
        if (config.keys().isPresent()) {
            long now = System.nanoTime();
            keys = given(Path.of(config.keys().get())).stream().map(pair -> new SigningKey(pair, now)).toList();
        } else {
            stored.makeFirst();
            read();
            loop.start(threads);
        }
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /**
     * Makes a key, in the caller's transaction. Once that is committed and {@link #readSoon}, it verifies; after
     * {@code pado.jwt.key.delay.seconds} it signs. Those before it go on to verify for a while.
     *
     * @throws ProblemException 409 if the keys are given in a file
     */
    public NewKey make() {
        if (config.keys().isPresent()) {
            throw ProblemException.conflict("keys-given",
                    "The keys are given in the file of pado.jwt.keys: put a new one first there, and restart the nodes.");
        }
        return stored.make(config.keyDelay(), life());
    }

    /** @return the public halves, as {@code /.well-known/jwks.json} shows them (RFC 7517) */
    public String jwks() {
        return new JsonWebKeySet(keys.stream().map(SigningKey::pair).toList()).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    PublicJsonWebKey signing() {
        List<SigningKey> all = keys;
        return all.stream().filter(SigningKey::signs).findFirst().orElse(all.get(all.size() - 1)).pair();
    }

    /**
     * @return the public key with that id, if there is one
     * @throws RuntimeException if the database, which may know it, does not answer
     */
    Optional<Key> verifying(String id) {
        Optional<Key> known = known(id);
        if (known.isEmpty() && config.keys().isEmpty() && UnknownKeys.mayExist(id)) {
            return readFor(id, System.nanoTime());
        }
        return known;
    }

    /** @return the keys that verify now; another object each time they are read, which says nothing by itself */
    Object counting() {
        return keys;
    }

    private Optional<Key> known(String id) {
        return keys.stream().filter(key -> key.is(id)).map(key -> key.pair().getKey()).findFirst();
    }

    /** Those that ask at the same time share the read that began after they asked. */
    private synchronized Optional<Key> readFor(String id, long askedNanos) {
        if (unknown.contains(id, askedNanos)) {
            return Optional.empty();
        }
        if (readNanos - askedNanos < 0) {
            read();
        }
        Optional<Key> found = known(id);
        if (found.isEmpty()) {
            unknown.add(id, readNanos);
        }
        return found;
    }

    /**
     * Reads them now, unless they were given in a file, or as soon as the database answers. Not to be called within the transaction that makes a key: that may
     * still fail.
     */
    public void readSoon() {
        if (config.keys().isEmpty()) {
            try {
                read();
            } catch (RuntimeException away) {
                // The loop says why it cannot either.
                loop.nudge();
            }
        }
    }

    private synchronized void read() {
        long now = System.nanoTime();
        List<SigningKey> valid = new ArrayList<>();
        Duration replacedIn = Duration.ZERO;
        for (StoredKey key : stored.all()) {
            if (replacedIn.plus(life()).isNegative()) {
                break;
            }
            valid.add(new SigningKey(parse(key.jwk()), now + key.signsIn().toNanos()));
            replacedIn = key.signsIn();
        }
        keys = List.copyOf(valid);
        readNanos = now;
    }

    /** How long a key is needed after the next one has begun to sign: another node may sign with it until it has read the keys. */
    private Duration life() {
        return config.accessLife().plus(betweenReads()).plus(betweenReads());
    }

    private Duration betweenReads() {
        Duration often = config.keyDelay().dividedBy(READS_BEFORE_IT_SIGNS);
        return often.compareTo(MAX_BETWEEN_READS) < 0 ? often.plusMillis(1) : MAX_BETWEEN_READS;
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
