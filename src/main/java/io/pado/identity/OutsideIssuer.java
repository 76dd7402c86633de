package io.pado.identity;

import java.net.URI;
import java.util.Set;

/**
 * Another server whose tokens count here, such as Keycloak or Clerk.
 *
 * @param issuer   its {@code iss}
 * @param jwks     where its public keys are (RFC 7517)
 * @param audience {@code aud} of its tokens for us
 * @param claim    where its tokens name roles: a claim, or a path of claims with slashes between them
 * @param roles    those that it may give; {@link Roles#USER} goes without saying
 */
public record OutsideIssuer(String issuer, URI jwks, String audience, String claim, Set<String> roles) {

    private static final int MAX_ISSUER = 300;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws IllegalArgumentException if a value is wrong, with a sentence that names it */
    public OutsideIssuer {
        if (issuer.length() > MAX_ISSUER) {
            throw new IllegalArgumentException("issuer must have " + MAX_ISSUER + " characters at most");
        }
        boolean secure = "https".equals(jwks.getScheme()) || "http".equals(jwks.getScheme()) && LOOPBACK.contains(jwks.getHost());
        if (!secure) {
            throw new IllegalArgumentException("jwks must be an https address, but is " + jwks);
        }
        if (!Roles.ALL.containsAll(roles)) {
            throw new IllegalArgumentException("roles may name " + Roles.ALL + ", but is " + roles);
        }
    }
}
