package io.pado.identity.token;

import java.time.Instant;

/**
 * A key that was made.
 *
 * @param id        its {@code kid}
 * @param signsFrom when it begins to sign, by the database's clock; until then it only verifies
 */
public record NewKey(String id, Instant signsFrom) {
}
