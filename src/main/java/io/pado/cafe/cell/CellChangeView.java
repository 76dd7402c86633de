package io.pado.cafe.cell;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * One line of a cell's history as clients see it.
 *
 * @param id            number, newer ones are higher
 * @param type          {@link ChangeType}
 * @param balanceBefore whole won
 * @param balanceAfter  whole won
 * @param changeAmount  whole won, negative for what was taken
 * @param orderId       the order that was paid or given back; left out if none
 * @param reason        an admin's words; left out if none
 * @param changedBy     user; left out without a token
 * @param updatedAt     when, UTC, milliseconds
 */
@JsonbPropertyOrder({"id", "type", "balanceBefore", "balanceAfter", "changeAmount", "orderId", "reason", "changedBy", "updatedAt"})
public record CellChangeView(long id, String type, long balanceBefore, long balanceAfter, long changeAmount, String orderId, String reason,
        Long changedBy, Instant updatedAt) {
}
