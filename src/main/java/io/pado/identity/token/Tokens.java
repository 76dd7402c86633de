package io.pado.identity.token;

import io.pado.identity.IdentityConfig;
import io.pado.identity.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.Key;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.Claims;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Makes and verifies access tokens (JWT, RFC 7519, signed as MicroProfile JWT 2.1 asks: RS256 or ES256). Which algorithm counts is
 * decided here, never by the token. Thread-safe.
 */
@ApplicationScoped
public class Tokens {

    /** Far more than any of ours; nothing longer is looked into. */
    private static final int MOST_CHARACTERS = 8_192;

    @Inject
    private IdentityConfig config;
    @Inject
    private SigningKeys keys;
    @Inject
    private Clock clock;

    private JwtConsumer consumer;

    @PostConstruct
    void start() {
        consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT,
                        AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
                .setVerificationKeyResolver((signature, nested) -> key(signature))
                .setExpectedIssuer(config.issuer())
                .setExpectedAudience(config.audience())
                .setRequireExpirationTime()
                .setRequireSubject()
                .build();
    }

    /**
     * @param userId  whose token it is
     * @param email   theirs
     * @param roles   theirs
     * @param session the login it stands on
     * @return a signed token, valid from now for {@code pado.jwt.seconds}
     */
    public String issue(long userId, String email, Set<String> roles, String session) {
        NumericDate now = NumericDate.fromSeconds(clock.instant().getEpochSecond());
        NumericDate end = NumericDate.fromSeconds(now.getValue() + config.accessLife().toSeconds());
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(config.issuer());
        claims.setAudience(config.audience());
        claims.setSubject(Long.toString(userId));
        claims.setStringClaim(Claims.upn.name(), email);
        claims.setStringListClaim(Claims.groups.name(), List.copyOf(roles));
        claims.setStringClaim(VerifiedToken.SESSION, session);
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAt(now);
        claims.setExpirationTime(end);
        return signed(claims);
    }

    /** @throws TokenRefused if it is none of ours, or not valid now */
    public VerifiedToken verify(String token) {
        if (token.length() > MOST_CHARACTERS) {
            throw new TokenRefused("Invalid token");
        }
        try {
            return verified(token, consumer.processToClaims(token));
        } catch (InvalidJwtException refused) {
            throw new TokenRefused(refused.hasErrorCode(ErrorCodes.EXPIRED) ? "Invalid token: it has expired" : "Invalid token");
        } catch (MalformedClaimException | NumberFormatException strange) {
            throw new TokenRefused("Invalid token");
        }
    }

    private Key key(JsonWebSignature signature) throws UnresolvableKeyException {
        String id = signature.getKeyIdHeaderValue();
        if (id == null) {
            throw new UnresolvableKeyException("The token does not name its key");
        }
        return keys.verifying(id).orElseThrow(() -> new UnresolvableKeyException("The token's key is not known"));
    }

    private static VerifiedToken verified(String text, JwtClaims claims) throws MalformedClaimException {
        Map<String, Object> shown = new HashMap<>(claims.getClaimsMap());
        shown.put(Claims.aud.name(), Set.copyOf(claims.getAudience()));
        shown.put(Claims.raw_token.name(), text);
        Set<String> roles = new HashSet<>(claims.getStringListClaimValue(Claims.groups.name()));
        roles.retainAll(Roles.ALL);
        Long.parseLong(claims.getSubject());
        String name = claims.getStringClaimValue(Claims.upn.name());
        return new VerifiedToken(name == null ? claims.getSubject() : name, shown, roles);
    }

    private String signed(JwtClaims claims) {
        PublicJsonWebKey key = keys.signing();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setHeader("typ", "JWT");
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(key.getKeyType().equals("EC")
                ? AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256 : AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setKey(key.getPrivateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException unusable) {
            throw new IllegalStateException("The signing key " + key.getKeyId() + " cannot sign", unusable);
        }
    }
}
