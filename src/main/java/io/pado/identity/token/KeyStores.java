package io.pado.identity.token;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** The key pairs in the database, which all nodes share. */
@ApplicationScoped
class KeyStores {

    private static final int BITS = 2048;

    @PersistenceContext
    private EntityManager database;
    @Inject
    private Clock clock;

    /** @return newest first */
    @Transactional
    List<SigningKeyRow> all() {
        return database.createQuery("SELECT k FROM SigningKeyRow k ORDER BY k.createdAt DESC, k.id", SigningKeyRow.class)
                .getResultList();
    }

    /** Makes the first key, unless another node was faster. */
    @Transactional
    void makeFirst() {
        database.createNativeQuery("LOCK TABLE signing_key IN EXCLUSIVE MODE").executeUpdate();
        if (all().isEmpty()) {
            make();
        }
    }

    /** Makes a key that signs from now on. @return its id */
    @Transactional
    String make() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(BITS);
            key.setKeyId(UUID.randomUUID().toString());
            key.setAlgorithm("RS256");
            key.setUse("sig");
            database.persist(new SigningKeyRow(key.getKeyId(), key.toJson(OutputControlLevel.INCLUDE_PRIVATE), newest()));
            return key.getKeyId();
        } catch (JoseException noRsa) {
            throw new IllegalStateException("This Java cannot make RSA keys", noRsa);
        }
    }

    /** Later than all before, whatever this node's clock says: the newest key signs. */
    private Instant newest() {
        Instant now = clock.instant();
        Instant last = all().stream().findFirst().map(SigningKeyRow::createdAt).orElse(Instant.EPOCH);
        return last.isBefore(now) ? now : last.plusMillis(1);
    }

    /** Forgets the keys that are not needed any more. @param keep ids of those that are */
    @Transactional
    void keepOnly(List<String> keep) {
        database.createQuery("DELETE FROM SigningKeyRow k WHERE k.id NOT IN :keep").setParameter("keep", keep).executeUpdate();
    }
}
