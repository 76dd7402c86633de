package io.pado.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of identity; their meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
public class IdentityConfig {

    private static final String OUTSIDE = "pado.jwt.outside.";

    @Inject
    Config config;

    @Inject
    @ConfigProperty(name = "pado.jwt.issuer")
    String issuer;

    @Inject
    @ConfigProperty(name = "pado.jwt.audience")
    String audience;

    @Inject
    @ConfigProperty(name = "pado.jwt.seconds")
    int accessSeconds;

    @Inject
    @ConfigProperty(name = "pado.jwt.refresh.days")
    int refreshDays;

    @Inject
    @ConfigProperty(name = "pado.jwt.leeway.seconds")
    int leewaySeconds;

    @Inject
    @ConfigProperty(name = "pado.jwt.keys")
    Optional<String> keys;

    @Inject
    @ConfigProperty(name = "pado.jwt.key.delay.seconds")
    int keyDelaySeconds;

    @Inject
    @ConfigProperty(name = "pado.jwt.outside")
    Optional<List<String>> outside;

    @Inject
    @ConfigProperty(name = "pado.password.iterations")
    int iterations;

    @Inject
    @ConfigProperty(name = "pado.password.seconds")
    int passwordSeconds;

    @Inject
    @ConfigProperty(name = "pado.token.in.query")
    boolean tokenInQuery;

    /** @return who signs our tokens, their {@code iss} */
    public String issuer() {
        return issuer;
    }

    /** @return whom our tokens are for, their {@code aud} */
    public String audience() {
        return audience;
    }

    /** @return how long an access token is valid */
    public Duration accessLife() {
        return Duration.ofSeconds(accessSeconds);
    }

    /** @return how long a login can be renewed after its last renewal */
    public Duration refreshLife() {
        return Duration.ofDays(refreshDays);
    }

    /** @return how far the clocks of other issuers may be ahead of ours or behind */
    public Duration leeway() {
        return Duration.ofSeconds(leewaySeconds);
    }

    /** @return file with a JWK set of private keys, the first of which signs; empty if keys are made and kept in the database */
    public Optional<String> keys() {
        return keys.filter(file -> !file.isBlank());
    }

    /** @return how long a new key is shown before it signs */
    public Duration keyDelay() {
        return Duration.ofSeconds(Math.max(0, keyDelaySeconds));
    }

    /** @return rounds of PBKDF2 for a new password */
    public int iterations() {
        return iterations;
    }

    /** @return how many seconds a login waits for a processor to check its password, 0: not at all */
    public int passwordSeconds() {
        return passwordSeconds;
    }

    /** @return whether {@code ?token=} counts */
    public boolean tokenInQuery() {
        return tokenInQuery;
    }

    /**
     * @return the other issuers whose tokens count
     * @throws IllegalStateException if one is not described well
     */
    public List<OutsideIssuer> outside() {
        return outside.orElse(List.of()).stream().map(String::strip).filter(name -> !name.isEmpty()).map(this::outside).toList();
    }

    private OutsideIssuer outside(String name) {
        try {
            return new OutsideIssuer(needed(name, "issuer"), URI.create(needed(name, "jwks")), needed(name, "audience"),
                    given(name, "claim").orElse("groups"), Set.of(given(name, "roles").orElse(Roles.USER).split("\\s*,\\s*")));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalStateException("The settings " + OUTSIDE + name + ".* are wrong: " + wrong.getMessage(), wrong);
        }
    }

    private String needed(String name, String key) {
        return given(name, key).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private Optional<String> given(String name, String key) {
        return config.getOptionalValue(OUTSIDE + name + '.' + key, String.class).map(String::strip).filter(text -> !text.isEmpty());
    }
}
