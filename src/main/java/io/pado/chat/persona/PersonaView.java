package io.pado.chat.persona;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * A character as answers show it.
 *
 * @param id        its number
 * @param name      for people
 * @param avatar    address of a picture, or an emoji; empty for none
 * @param createdBy a user; null for one that comes with the demo
 * @param createdAt UTC, milliseconds
 */
@JsonbNillable
@JsonbPropertyOrder({"id", "name", "avatar", "createdBy", "createdAt"})
public record PersonaView(long id, String name, String avatar, Long createdBy, Instant createdAt) {
}
