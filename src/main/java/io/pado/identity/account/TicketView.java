package io.pado.identity.account;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * A one-use ticket.
 *
 * @param ticket    goes once into the address of a stream, {@code ?ticket=}
 * @param expiresIn seconds in which it can be used
 */
@JsonbPropertyOrder({"ticket", "expires_in"})
public record TicketView(String ticket, @JsonbProperty("expires_in") int expiresIn) {
}
