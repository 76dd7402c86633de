package io.pado.identity.token;

import io.pado.identity.Caller;
import jakarta.security.enterprise.CallerPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** A token that was verified, as MicroProfile JWT 2.1 shows it to applications. Immutable. */
public final class VerifiedToken extends CallerPrincipal implements JsonWebToken {

    /** A token may name any time. Later than this is as good as never, and no store takes much later. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final transient Map<String, Object> claims;
    private final Set<String> roles;
    private final transient OptionalLong userId;
    private final String session;
    private final Instant countsUntil;

    /**
     * @param name   who it is, for people; the container takes no line ends in it
     * @param claims as MicroProfile JWT types them: {@code exp}, {@code iat} as {@code Long}, {@code groups} as a set
     * @param roles  what the bearer may be here
     * @param leeway how long it counts after its end
     */
    VerifiedToken(String name, Map<String, Object> claims, Set<String> roles, Duration leeway) {
        this(name, Map.copyOf(claims), Set.copyOf(roles), OptionalLong.empty(), "", moment((Long) claims.get(Claims.exp.name())).plus(leeway));
    }

    private VerifiedToken(String name, Map<String, Object> claims, Set<String> roles, OptionalLong userId, String session, Instant countsUntil) {
        super(name);
        this.claims = claims;
        this.roles = roles;
        this.userId = userId;
        this.session = session;
        this.countsUntil = countsUntil;
    }

    private static Instant moment(long seconds) {
        return Instant.ofEpochSecond(Math.max(0, Math.min(seconds, LATEST.getEpochSecond())));
    }

    /** @return the same, its bearer known as a user of ours with a login */
    public VerifiedToken of(long user, String login) {
        return new VerifiedToken(getName(), claims, roles, OptionalLong.of(user), login, countsUntil);
    }

    /** @return the same with the roles that its bearer has by now */
    public VerifiedToken with(Set<String> others) {
        return new VerifiedToken(getName(), claims, Set.copyOf(others), userId, session, countsUntil);
    }

    /** @return whether it was told whose it is; a token of another issuer does not say which of our users that is */
    public boolean hasUser() {
        return userId.isPresent();
    }

    /** @return the bearer, as the rest of Pado knows callers */
    public Caller caller() {
        return new Caller(userId, roles, countsUntil, session);
    }

    /** @return when it counts no longer: its end, and the leeway that its issuer's clock has */
    public Instant countsUntil() {
        return countsUntil;
    }

    /** @return when it was made, if it says so */
    public Optional<Instant> madeAt() {
        return this.<Long>claim(Claims.iat.name()).map(VerifiedToken::moment);
    }

    /** @return the login that the token stands on */
    public String session() {
        return session;
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
