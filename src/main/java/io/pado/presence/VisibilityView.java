package io.pado.presence;

/**
 * Whether somebody shows that they are online.
 *
 * @param invisible true if friends see them as offline
 */
public record VisibilityView(boolean invisible) {
}
