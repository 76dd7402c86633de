package io.pado.identity;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who is calling, for as long as the call is known to be theirs.
 *
 * @param userId    the user, or empty for a caller without a token
 * @param roles     of {@link Roles}
 * @param expiresAt when the caller's word ends
 * @param session   the login it stands on; empty for a caller without a token
 */
public record Caller(OptionalLong userId, Set<String> roles, Instant expiresAt, String session) {

    /** A caller without a token. */
    public static final Caller ANONYMOUS = new Caller(OptionalLong.empty(), Set.of(), Instant.MAX, "");

    /** @return the same caller with other roles */
    public Caller with(Set<String> others) {
        return new Caller(userId, others, expiresAt, session);
    }

    /** @return whether the caller has the role */
    public boolean is(String role) {
        return roles.contains(role);
    }
}
