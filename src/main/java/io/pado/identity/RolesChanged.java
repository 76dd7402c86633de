package io.pado.identity;

import java.util.Set;

/**
 * Fired on every node, within a second, when an admin has changed the roles of users; {@link ChangedRoles} says what they are now.
 *
 * @param users whose
 */
public record RolesChanged(Set<Long> users) {
}
