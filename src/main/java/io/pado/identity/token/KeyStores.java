package io.pado.identity.token;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** The key pairs in the database, which all nodes share. All moments are of the database's clock. */
@ApplicationScoped
class KeyStores {

    private static final int BITS = 2048;

    @PersistenceContext
    private EntityManager database;

    /** @return the key that begins to sign last, first */
    @Transactional
    List<StoredKey> all() {
        List<?> rows = database.createNativeQuery("SELECT id, jwk, CAST(extract(epoch FROM signs_from - clock_timestamp()) * 1000 AS bigint)"
                + " FROM signing_key ORDER BY signs_from DESC, id").getResultList();
        return rows.stream().map(Object[].class::cast)
                .map(row -> new StoredKey((String) row[0], (String) row[1], Duration.ofMillis(((Number) row[2]).longValue()))).toList();
    }

    /** Makes the first key, unless another node was faster. It signs at once. */
    @Transactional
    void makeFirst() {
        if (!all().isEmpty()) {
            // A standby, which gives no lock, has them; and nobody need wait for a node that starts.
            return;
        }
        lock();
        if (all().isEmpty()) {
            store(Duration.ZERO);
        }
    }

    /**
     * Makes a key, and forgets those that are not needed any more.
     *
     * @param shown how long all may learn of it before it signs; it never signs before a key that was made earlier
     * @param life  how long a key is needed after the next one has begun to sign
     */
    @Transactional
    NewKey make(Duration shown, Duration life) {
        lock();
        String id = store(shown);
        database.createNativeQuery("DELETE FROM signing_key old WHERE (SELECT min(next.signs_from) FROM signing_key next"
                + " WHERE next.signs_from > old.signs_from) < clock_timestamp() - make_interval(secs => ?)")
                .setParameter(1, (double) life.toSeconds()).executeUpdate();
        return new NewKey(id, signsFrom(id));
    }

    private void lock() {
        database.createNativeQuery("LOCK TABLE signing_key IN EXCLUSIVE MODE").executeUpdate();
    }

    private String store(Duration shown) {
        RsaJsonWebKey key = pair();
        database.createNativeQuery("INSERT INTO signing_key (id, jwk, signs_from) VALUES (?, ?, greatest("
                + "clock_timestamp() + make_interval(secs => ?), (SELECT max(signs_from) FROM signing_key) + interval '1 ms'))")
                .setParameter(1, key.getKeyId()).setParameter(2, key.toJson(OutputControlLevel.INCLUDE_PRIVATE))
                .setParameter(3, (double) shown.toSeconds()).executeUpdate();
        return key.getKeyId();
    }

    private Instant signsFrom(String id) {
        Object at = database.createNativeQuery("SELECT signs_from FROM signing_key WHERE id = ?").setParameter(1, id).getSingleResult();
        return at instanceof OffsetDateTime moment ? moment.toInstant() : ((java.util.Date) at).toInstant();
    }

    private static RsaJsonWebKey pair() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(BITS);
            key.setKeyId(UUID.randomUUID().toString());
            key.setAlgorithm("RS256");
            key.setUse("sig");
            return key;
        } catch (JoseException noRsa) {
            throw new IllegalStateException("This Java cannot make RSA keys", noRsa);
        }
    }
}
