package io.pado.identity.token;

import java.time.Duration;

/**
 * A key pair as it is in the database.
 *
 * @param id       its {@code kid}
 * @param jwk      JSON of both halves (RFC 7517)
 * @param signsIn  how long from now until it signs, by the database's clock; negative if it has begun
 */
record StoredKey(String id, String jwk, Duration signsIn) {
}
