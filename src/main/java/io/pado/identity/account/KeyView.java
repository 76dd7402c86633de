package io.pado.identity.account;

/**
 * A signing key.
 *
 * @param kid its id, as {@code /.well-known/jwks.json} and the heads of tokens name it
 */
public record KeyView(String kid) {
}
