package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens that look like ours, made with our own private key where that makes the attack stronger. */
@ExtendWith(TwoNodes.class)
class ForgedTokenIT {

    private final Cluster cluster;
    private final PublicJsonWebKey key;

    ForgedTokenIT(Cluster cluster) {
        this.cluster = cluster;
        this.key = key(cluster);
    }

    @Test
    void wellMadeTokenCounts() throws JoseException {
        assertThat(status(token(claims -> { }))).isEqualTo(200);
    }

    @Test
    void expiredTokenIsRefused() throws JoseException {
        assertRefused(token(claims -> claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 1))));
    }

    @Test
    void tokenThatIsNotYetValidIsRefused() throws JoseException {
        assertRefused(token(claims -> claims.setNotBefore(NumericDate.fromSeconds(NumericDate.now().getValue() + 60))));
    }

    @Test
    void tokenWithoutAnEndIsRefused() throws JoseException {
        assertRefused(token(claims -> claims.unsetClaim("exp")));
    }

    @Test
    void tokenOfAnotherIssuerIsRefused() throws JoseException {
        assertRefused(token(claims -> claims.setIssuer("https://evil.example")));
    }

    @Test
    void tokenForAnotherAudienceIsRefused() throws JoseException {
        assertRefused(token(claims -> claims.setAudience("another")));
        assertRefused(token(claims -> claims.unsetClaim("aud")));
    }

    @Test
    void tokenWithoutASignatureIsRefused() throws JoseException {
        JsonWebSignature unsigned = signature(claims(c -> { }));
        unsigned.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        unsigned.setAlgorithmHeaderValue("none");
        unsigned.setKey(null);
        assertRefused(unsigned.getCompactSerialization());
    }

    @Test
    void publicKeyIsNoSecretForHmac() throws JoseException {
        for (byte[] secret : List.of(key.getPublicKey().getEncoded(), key.toJson().getBytes(StandardCharsets.UTF_8))) {
            JsonWebSignature signed = signature(claims(c -> { }));
            signed.setAlgorithmHeaderValue("HS256");
            signed.setKey(new HmacKey(secret));
            assertRefused(signed.getCompactSerialization());
        }
    }

    @Test
    void tokenOfAnotherKeyIsRefusedWhateverItNames() throws JoseException {
        PublicJsonWebKey own = RsaJwkGenerator.generateJwk(2048);
        for (String id : new String[] {key.getKeyId(), "unknown", "../../etc/passwd", "' OR 1=1 --", ""}) {
            JsonWebSignature signed = signature(claims(c -> { }));
            signed.setKey(own.getPrivateKey());
            signed.setKeyIdHeaderValue(id);
            assertRefused(signed.getCompactSerialization());
        }
    }

    @Test
    void keyOfAnotherNodeIsReadAtOnceWhoeverElseNamesKeysThatDoNotExist() throws JoseException {
        PublicJsonWebKey fresh = RsaJwkGenerator.generateJwk(2048);
        fresh.setKeyId(UUID.randomUUID().toString());
        JsonWebSignature signed = signature(claims(c -> { }));
        signed.setKey(fresh.getPrivateKey());
        for (int i = 0; i < 20; i++) {
            signed.setKeyIdHeaderValue(UUID.randomUUID().toString());
            assertRefused(signed.getCompactSerialization());
        }
        // It signs nothing in this run: it is gone before its time comes.
        Database.execute(cluster.database(), "INSERT INTO signing_key (id, jwk, signs_from) VALUES ('%s', '%s', now() + interval '1 h')"
                .formatted(fresh.getKeyId(), fresh.toJson(OutputControlLevel.INCLUDE_PRIVATE)));
        try {
            signed.setKeyIdHeaderValue(fresh.getKeyId());
            assertThat(status(signed.getCompactSerialization())).isEqualTo(200);
        } finally {
            Database.execute(cluster.database(), "DELETE FROM signing_key WHERE id = '%s'".formatted(fresh.getKeyId()));
        }
    }

    @Test
    void keyThatATokenBringsAlongIsNotUsed() throws JoseException {
        PublicJsonWebKey own = RsaJwkGenerator.generateJwk(2048);
        JsonWebSignature signed = signature(claims(c -> { }));
        signed.setKey(own.getPrivateKey());
        signed.setJwkHeader(own);
        signed.setHeader("jku", "http://127.0.0.1:9/jwks.json");
        assertRefused(signed.getCompactSerialization());
    }

    @Test
    void brokenTokensAreRefused() throws JoseException {
        String good = token(c -> { });
        assertRefused(good.substring(0, good.length() - 4));
        assertRefused(good.substring(0, good.lastIndexOf('.')));
        assertRefused(good.replace('.', ':'));
        assertRefused("x");
        assertRefused("..");
        assertRefused("a".repeat(9_000));
    }

    @Test
    void tokenOfAHundredKilobytesIsRefusedWithoutHarm() {
        try {
            assertThat(status("a".repeat(100_000))).isIn(400, 401, 413, 431);
        } catch (CompletionException closed) {
            // The server may also hang up on such a header.
            assertThat(closed).hasCauseInstanceOf(IOException.class);
        }
        assertThat(Http.get(cluster.a(), "/api/polls").statusCode()).isEqualTo(200);
    }

    @Test
    void subjectThatIsNoUserIdIsRefused() throws JoseException {
        assertRefused(token(claims -> claims.setSubject("admin")));
        assertRefused(token(claims -> claims.setSubject("99999999999999999999")));
        assertRefused(token(claims -> claims.unsetClaim("sub")));
    }

    @Test
    void rolesThatDoNotExistGiveNothing() throws JoseException {
        assertThat(status(token(claims -> claims.setStringListClaim("groups", "root", "Admin")))).isEqualTo(403);
        assertThat(status(token(claims -> claims.unsetClaim("groups")))).isIn(401, 403);
    }

    @Test
    void refusedTokenIsRefusedOnPublicPathsToo() {
        Problems.assertIs(401, new Login(cluster.a(), 0, "x", "").get("/api/polls"));
        Problems.assertIs(401, Http.get(cluster.a(), "/sse/votes?client_id=a&token=x"));
    }

    private void assertRefused(String token) {
        Problems.assertIs(401, new Login(cluster.a(), 0, token, "").get("/api/auth/me"));
    }

    private int status(String token) {
        return new Login(cluster.a(), 0, token, "").get("/api/auth/me").statusCode();
    }

    private String token(Consumer<JwtClaims> change) throws JoseException {
        return signature(claims(change)).getCompactSerialization();
    }

    private JwtClaims claims(Consumer<JwtClaims> change) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("urn:pado");
        claims.setAudience("pado");
        claims.setSubject("1");
        claims.setStringClaim("upn", "admin@demo.pado");
        claims.setStringListClaim("groups", "user");
        claims.setStringClaim("sid", UUID.randomUUID().toString());
        claims.setExpirationTimeMinutesInTheFuture(1);
        change.accept(claims);
        return claims;
    }

    private JsonWebSignature signature(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue("RS256");
        signature.setKey(key.getPrivateKey());
        return signature;
    }

    private static PublicJsonWebKey key(Cluster cluster) {
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(
                    Database.text(cluster.database(), "SELECT jwk FROM signing_key WHERE signs_from <= now() ORDER BY signs_from DESC LIMIT 1"));
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
