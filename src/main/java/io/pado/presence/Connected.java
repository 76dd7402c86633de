package io.pado.presence;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * The first event of a stream.
 *
 * @param userId       whose stream it is
 * @param connectionId by which a fresh token can be given to the stream
 * @param timestamp    the server's time, UTC, milliseconds
 */
@JsonbPropertyOrder({"userId", "connectionId", "timestamp"})
public record Connected(@JsonbProperty("user_id") long userId, String connectionId, Instant timestamp) {
}
