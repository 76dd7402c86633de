package io.pado.presence.friend;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * A friend.
 *
 * @param userId who
 * @param name   what they are called
 * @param since  when they became one, UTC
 */
@JsonbPropertyOrder({"userId", "name", "since"})
public record FriendView(@JsonbProperty("user_id") long userId, String name, Instant since) {
}
