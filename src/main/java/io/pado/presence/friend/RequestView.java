package io.pado.presence.friend;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * A request to be friends, as one of the two sees it.
 *
 * @param id        its number
 * @param userId    the other one of the two
 * @param name      what the other one is called
 * @param status    {@code open}, {@code accepted} or {@code declined}
 * @param createdAt when it was sent, UTC
 */
@JsonbPropertyOrder({"id", "userId", "name", "status", "createdAt"})
public record RequestView(long id, @JsonbProperty("user_id") long userId, String name, String status, @JsonbProperty("created_at") Instant createdAt) {
}
