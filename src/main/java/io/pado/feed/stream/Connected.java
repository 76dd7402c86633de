package io.pado.feed.stream;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;

/**
 * The first event of a stream.
 *
 * @param connectionId by which a fresh token can be given to the stream
 * @param userId       whose it is
 * @param roles        the user's, in alphabetical order
 * @param timestamp    the server's time, UTC, milliseconds
 */
@JsonbPropertyOrder({"connectionId", "userId", "roles", "timestamp"})
public record Connected(String connectionId, long userId, List<String> roles, Instant timestamp) {
}
