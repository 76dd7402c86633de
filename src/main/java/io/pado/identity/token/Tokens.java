package io.pado.identity.token;

import io.pado.identity.IdentityConfig;
import io.pado.identity.OutsideIssuer;
import io.pado.platform.Texts;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.Claims;
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
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.lang.JoseException;

/**
 * Makes our own access tokens, and verifies them and those of other issuers (JWT, RFC 7519, signed as MicroProfile JWT 2.1 asks:
 * RS256 or ES256). Thread-safe.
 */
@ApplicationScoped
public class Tokens {

    /** As much as the server takes in the head of a request; nothing longer is looked into. */
    private static final int MAX_CHARACTERS = 32_000;
    /** To put a claim into words, as for an error, takes more of the stack with each level. */
    private static final int MAX_DEPTH = 50;
    /** The claim that names the login, as in OpenID Connect. */
    private static final String SESSION = "sid";
    /** Where a token says who its bearer is for people: MicroProfile JWT, then OpenID Connect. */
    private static final List<String> NAMES = List.of(Claims.upn.name(), Claims.preferred_username.name(), Claims.email.name());
    private static final Logger LOG = Logger.getLogger(Tokens.class.getName());

    @Inject
    private IdentityConfig config;
    @Inject
    private SigningKeys keys;
    @Inject
    private Clock clock;

    /** Only to learn whose rules a token is to be verified by. */
    private final JwtConsumer unverified = new JwtConsumerBuilder().setSkipAllValidators().setDisableRequireSignature()
            .setSkipSignatureVerification().build();
    private final Map<String, TrustedIssuer> issuers = new HashMap<>();
    private final CheckedTokens checked = new CheckedTokens();

    void start(@Observes Startup startup) {
        issuers.put(config.issuer(), TrustedIssuer.ourselves(config.issuer(), config.audience(), keys));
        for (OutsideIssuer other : config.outside()) {
            if (issuers.putIfAbsent(other.issuer(), TrustedIssuer.outside(other, config.leeway())) != null) {
                throw new IllegalStateException("Two of the settings pado.jwt.issuer and pado.jwt.outside.*.issuer are the same: "
                        + other.issuer());
            }
        }
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
        claims.setStringClaim(SESSION, session);
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAt(now);
        claims.setExpirationTime(end);
        return signed(claims);
    }

    /**
     * Checks the signature, unless that was done a few seconds ago. Whether the token's login goes on is not asked here.
     *
     * @throws TokenRefused     if nobody that we trust made it for us, or it is not valid now
     * @throws ProblemException 503 if that cannot be told right now
     */
    public VerifiedToken verify(String token) {
        Instant now = clock.instant();
        Object counting = keys.counting();
        return checked.find(token, counting, now).orElseGet(() -> {
            VerifiedToken verified = verified(token);
            checked.add(token, verified, counting, now);
            return verified;
        });
    }

    private VerifiedToken verified(String token) {
        if (token.length() > MAX_CHARACTERS) {
            throw new TokenRefused("Invalid token: it is longer than " + MAX_CHARACTERS + " characters");
        }
        try {
            JwtContext parsed = unverified.process(token);
            if (isDeeper(parsed.getJwtClaims().getClaimsMap(), MAX_DEPTH)) {
                throw new TokenRefused("Invalid token: its claims are nested deeper than " + MAX_DEPTH + " levels");
            }
            TrustedIssuer issuer = issuers.get(parsed.getJwtClaims().getIssuer());
            if (issuer == null) {
                throw new TokenRefused("Invalid token");
            }
            issuer.verify(parsed);
            return verified(token, parsed.getJwtClaims(), issuer);
        } catch (InvalidJwtException refused) {
            throw new TokenRefused(refused.hasErrorCode(ErrorCodes.EXPIRED) ? "Invalid token: it has expired"
                    : refused.hasErrorCode(ErrorCodes.NOT_YET_VALID) ? "Invalid token: it is not valid yet" : "Invalid token");
        } catch (MalformedClaimException | NumberFormatException strange) {
            throw new TokenRefused("Invalid token");
        } catch (IOException away) {
            LOG.log(Level.FINE, "A token could not be verified", away);
            throw ProblemException.unavailable("Your token cannot be checked right now, for its keys cannot be read; try again in a few seconds.");
        }
    }

    private static boolean isDeeper(Object value, int levels) {
        Collection<?> parts = value instanceof Map<?, ?> map ? map.values() : value instanceof Collection<?> several ? several : List.of();
        return !parts.isEmpty() && (levels == 0 || parts.stream().anyMatch(part -> isDeeper(part, levels - 1)));
    }

    private static VerifiedToken verified(String text, JwtClaims claims, TrustedIssuer issuer) throws MalformedClaimException {
        // Issuers write claims without a value as null, which says as much as no claim.
        Map<String, Object> shown = new HashMap<>(claims.getClaimsMap());
        shown.values().removeIf(Objects::isNull);
        shown.put(Claims.aud.name(), claims.getAudience().stream().filter(Objects::nonNull).collect(Collectors.toSet()));
        shown.put(Claims.raw_token.name(), text);
        shown.put(Claims.exp.name(), claims.getExpirationTime().getValue());
        if (claims.getIssuedAt() != null) {
            shown.put(Claims.iat.name(), claims.getIssuedAt().getValue());
        }
        VerifiedToken token = new VerifiedToken(name(claims), shown, issuer.roles(claims), issuer.leeway());
        if (issuer.isOutside()) {
            return token;
        }
        String session = claims.getStringClaimValue(SESSION);
        return token.of(Long.parseLong(claims.getSubject()), session == null ? "" : session);
    }

    private static String name(JwtClaims claims) throws MalformedClaimException {
        for (String claim : NAMES) {
            String name = claims.getClaimValue(claim) instanceof String text ? clean(text) : "";
            if (Texts.isVisible(name)) {
                return name;
            }
        }
        return clean(claims.getSubject());
    }

    private static String clean(String name) {
        return Texts.cleaned(name, name.length());
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
