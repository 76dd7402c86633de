package io.pado.identity;

/**
 * A user is being removed; a CDI event inside the transaction, before the row is gone.
 *
 * @param userId who
 */
public record UserRemoved(long userId) {
}
