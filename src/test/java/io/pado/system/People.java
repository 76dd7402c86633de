package io.pado.system;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Makes users and friendships in the database, and signs the users' tokens with the server's own key: a thousand logins would take minutes. */
final class People {

    private final Cluster cluster;
    private final PublicJsonWebKey key;

    People(Cluster cluster) {
        this.cluster = cluster;
        try {
            key = PublicJsonWebKey.Factory.newPublicJwk(
                    Database.text(cluster.database(), "SELECT jwk FROM signing_key WHERE signs_from <= now() ORDER BY signs_from DESC LIMIT 1"));
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Somebody new, who talks to the first node. */
    Login anew() {
        long id = Database.number(cluster.database(), "INSERT INTO app_user (email, name, password, roles) VALUES ('%s@example.org', 'N', 'x', 'user')"
                .formatted(UUID.randomUUID()) + " RETURNING id");
        return new Login(cluster.a(), id, token(id), "");
    }

    List<Login> anew(int count) {
        List<Login> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(anew());
        }
        return all;
    }

    /** Makes them friends before anybody looks. */
    void befriend(Login one, Login other) {
        Database.execute(cluster.database(), "INSERT INTO friendship (low, high, since) VALUES (%d, %d, now()) ON CONFLICT DO NOTHING"
                .formatted(Math.min(one.userId(), other.userId()), Math.max(one.userId(), other.userId())));
    }

    /** Somebody new with these friends. */
    Login friendOf(List<Login> others) {
        Login friend = anew();
        others.forEach(other -> befriend(friend, other));
        return friend;
    }

    static Onlooking look(Login who, URI node) {
        return Onlooking.open(who.at(node));
    }

    private String token(long userId) {
        try {
            JwtClaims claims = new JwtClaims();
            claims.setIssuer("urn:pado");
            claims.setAudience("pado");
            claims.setSubject(Long.toString(userId));
            claims.setStringClaim("upn", userId + "@example.org");
            claims.setStringListClaim("groups", "user");
            claims.setStringClaim("sid", UUID.randomUUID().toString());
            claims.setExpirationTimeMinutesInTheFuture(20);
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setKeyIdHeaderValue(key.getKeyId());
            signature.setAlgorithmHeaderValue("RS256");
            signature.setKey(key.getPrivateKey());
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
