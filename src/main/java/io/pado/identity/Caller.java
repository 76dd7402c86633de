package io.pado.identity;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who is calling, for as long as the call is known to be theirs.
 *
 * @param userId    the user, or empty for a caller without a token
 * @param roles     {@code admin}, {@code barista}, {@code kiosk}, {@code partner}, {@code customer}, {@code user}
 * @param expiresAt when the caller's word ends
 */
public record Caller(OptionalLong userId, Set<String> roles, Instant expiresAt) {

    /** A caller without a token. */
    public static final Caller ANONYMOUS = new Caller(OptionalLong.empty(), Set.of(), Instant.MAX);

    /** @return whether the caller has the role */
    public boolean is(String role) {
        return roles.contains(role);
    }
}
