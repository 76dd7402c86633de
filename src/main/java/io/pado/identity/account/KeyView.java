package io.pado.identity.account;

import java.time.Instant;

/**
 * A signing key.
 *
 * @param kid       its id, as {@code /.well-known/jwks.json} and the heads of tokens name it
 * @param signsFrom when it begins to sign; until then it only verifies
 */
public record KeyView(String kid, Instant signsFrom) {
}
