package io.pado.identity.token;

import io.pado.identity.OutsideIssuer;
import io.pado.identity.Roles;
import io.pado.platform.FailureSeries;
import java.io.IOException;
import java.security.Key;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/** Somebody whose tokens count: ourselves, or another server. Which algorithm counts is decided here, never by a token. */
final class TrustedIssuer {

    private static final Set<String> ALGORITHMS = Set.of(AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    private static final FailureSeries OUR_KEYS = new FailureSeries("Our own tokens cannot be checked, for our keys cannot be read");

    private final boolean outside;
    private final String issuer;
    private final String claim;
    private final Set<String> mayGive;
    private final Duration leeway;
    private final JwtConsumer consumer;

    private TrustedIssuer(boolean outside, String issuer, String audience, String claim, Set<String> mayGive,
            VerificationKeyResolver keys, Duration leeway) {
        this.outside = outside;
        this.issuer = issuer;
        this.claim = claim;
        this.mayGive = mayGive;
        this.leeway = leeway;
        this.consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new)))
                .setVerificationKeyResolver((signature, nested) -> {
                    // A set of keys fails on an algorithm that it does not know, as if it could not be fetched.
                    if (!ALGORITHMS.contains(Objects.toString(signature.getAlgorithmHeaderValue(), ""))) {
                        throw new UnresolvableKeyException("The token's algorithm does not count");
                    }
                    return keys.resolveKey(signature, nested);
                })
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds((int) leeway.toSeconds())
                .build();
    }

    static TrustedIssuer ourselves(String issuer, String audience, SigningKeys keys) {
        return new TrustedIssuer(false, issuer, audience, "groups", Roles.ALL, (signature, nested) -> key(keys, signature),
                Duration.ZERO);
    }

    /** Its clock may be so far ahead of ours or behind. Its keys are fetched when first needed. */
    static TrustedIssuer outside(OutsideIssuer described, Duration leeway) {
        return new TrustedIssuer(true, described.issuer(), described.audience(), described.claim(), described.roles(),
                new OutsideKeys(described.issuer(), described.jwks().toString()), leeway);
    }

    /** Whether the bearers of its tokens are users of another server. */
    boolean isOutside() {
        return outside;
    }

    /** How long its tokens count after their end. */
    Duration leeway() {
        return leeway;
    }

    /**
     * @param parsed a token that names this issuer
     * @throws InvalidJwtException if the token does not count
     * @throws IOException         if that cannot be told, because the issuer's keys cannot be fetched; the log says why
     */
    void verify(JwtContext parsed) throws InvalidJwtException, IOException {
        try {
            consumer.processContext(parsed);
        } catch (InvalidJwtException refused) {
            if (refused.getCause() instanceof UnresolvableKeyException noKey && noKey.getCause() != null) {
                throw new IOException("The keys of " + issuer + " cannot be fetched", noKey);
            }
            throw refused;
        }
    }

    /** @return those of the token's roles that this issuer may give */
    Set<String> roles(JwtClaims claims) {
        Set<String> roles = named(claimed(claims.getClaimsMap())).stream().filter(String.class::isInstance).map(String.class::cast).filter(mayGive::contains)
                .collect(Collectors.toCollection(HashSet::new));
        if (outside) {
            roles.add(Roles.USER);
        }
        return roles;
    }

    /** @return the claim of that name, which may be an address; without it the one that it leads to */
    private Object claimed(Map<String, Object> claims) {
        Object value = claims.get(claim);
        if (value != null) {
            return value;
        }
        value = claims;
        for (String name : claim.split("/")) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    private static Collection<?> named(Object value) {
        if (value instanceof String text) {
            return Arrays.asList(text.split("[ ,]+"));
        }
        return value instanceof Collection<?> several ? several : List.of();
    }

    private static Key key(SigningKeys keys, JsonWebSignature signature) throws UnresolvableKeyException {
        String id = signature.getKeyIdHeaderValue();
        if (id == null) {
            throw new UnresolvableKeyException("The token does not name its key");
        }
        Optional<Key> key;
        try {
            key = keys.verifying(id);
        } catch (RuntimeException away) {
            OUR_KEYS.failed(away);
            throw new UnresolvableKeyException("The keys cannot be read", away);
        }
        return key.orElseThrow(() -> new UnresolvableKeyException("The token's key is not known"));
    }
}
