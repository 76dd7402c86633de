package io.pado.identity.token;

import io.pado.identity.Caller;
import jakarta.security.enterprise.CallerPrincipal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** A token that was verified, as MicroProfile JWT 2.1 shows it to applications. Immutable. */
public final class VerifiedToken extends CallerPrincipal implements JsonWebToken {

    /** The claim that names the login. */
    static final String SESSION = "sid";

    private final transient Map<String, Object> claims;
    private final Set<String> roles;

    /**
     * @param name   who it is, for people
     * @param claims as MicroProfile JWT types them: {@code exp}, {@code iat} as {@code Long}, {@code groups} as a set
     * @param roles  what the bearer may be here
     */
    VerifiedToken(String name, Map<String, Object> claims, Set<String> roles) {
        super(name);
        this.claims = Map.copyOf(claims);
        this.roles = Set.copyOf(roles);
    }

    /** @return the bearer, as the rest of Pado knows callers */
    public Caller caller() {
        return new Caller(OptionalLong.of(Long.parseLong(getSubject())), roles, Instant.ofEpochSecond(getExpirationTime()), session());
    }

    /** @return the login that the token stands on; empty if it is none of ours */
    public String session() {
        return this.<String>claim(SESSION).orElse("");
    }

    @Override
    public Set<String> getGroups() {
        return roles;
    }

    @Override
    public Set<String> getClaimNames() {
        return claims.keySet();
    }

    @Override
    @SuppressWarnings("unchecked") // the interface leaves the type to the caller
    public <T> T getClaim(String name) {
        return name.equals(Claims.groups.name()) ? (T) roles : (T) claims.get(name);
    }

    @Override
    public <T> Optional<T> claim(String name) {
        return Optional.ofNullable(getClaim(name));
    }
}
