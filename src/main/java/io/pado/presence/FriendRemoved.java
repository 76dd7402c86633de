package io.pado.presence;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * Somebody is no friend any more.
 *
 * @param userId who
 */
public record FriendRemoved(@JsonbProperty("user_id") long userId) {
}
