package io.pado.identity;

import java.util.Set;

/**
 * Fired on every node, within a second, when logins have ended: by a logout, an admin, or a refresh token that was used twice.
 *
 * @param sessions as in {@link Caller#session}
 */
public record SessionsEnded(Set<String> sessions) {
}
